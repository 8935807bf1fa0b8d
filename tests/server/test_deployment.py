"""The table of settings in docs/deployment.md is that of the program.

`python tests/server/test_deployment.py` writes it anew.
"""

import re
from pathlib import Path

from hytegraph.server.settings import SETTINGS

GUIDE = Path(__file__).parents[2] / "docs" / "deployment.md"
BEGIN, END = "<!-- settings -->\n", "<!-- /settings -->"


def table() -> str:
    """The settings as Markdown."""
    rows = [
        f"| `{each.name}` | `{each.environment}` | {f'`{each.default}`' if each.default != '' else ''} "
        f"| {', '.join(f'`{choice}`' for choice in each.choices) or (f'from {each.minimum}' if isinstance(each.default, int) else '')} "
        f"| {each.help} |\n"
        for each in SETTINGS
    ]
    return "".join(["| setting | variable | default | values | meaning |\n|---|---|---|---|---|\n", *rows])


def test_the_table_of_settings_is_that_of_the_program() -> None:
    text = GUIDE.read_text("utf-8")

    assert text[text.index(BEGIN) + len(BEGIN) : text.index(END)] == table()


def test_every_proof_that_the_threat_model_names_exists() -> None:
    root = GUIDE.parents[1]
    named = set(
        re.findall(
            r"`((?:tests|shapes|docs)/[^`]*|requirements.txt)`", (root / "SECURITY.md").read_text("utf-8")
        )
    )

    assert len(named) > 5
    assert [name for name in sorted(named) if not (root / name).exists()] == []


if __name__ == "__main__":
    guide = GUIDE.read_text("utf-8")
    GUIDE.write_text(guide[: guide.index(BEGIN) + len(BEGIN)] + table() + guide[guide.index(END) :], "utf-8")
