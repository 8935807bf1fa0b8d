"""Reference pages made from the code: commands, settings, named queries and the HTTP interface.

`make reference` writes them to `docs/reference/`; they are committed, and a test compares them with the code.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import QuerySolutions, Store

from hytegraph.graph.query.named import NamedQuery, load_queries
from hytegraph.server.cli.parser import EXIT_CODES, parser
from hytegraph.server.settings import SETTINGS, Setting

REFERENCE = Path(__file__).parents[1] / "reference"
NOTE = "<!-- Made by `make reference` from {source}; do not edit. -->\n\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; bars in cells are escaped."""
    lines = [tuple(head)]
    lines.append(("---",) * len(lines[0]))
    lines.extend(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def commands() -> str:
    """Every command of `hytegraph` with its usage, arguments and options."""
    top = parser()
    chooser = next(action for action in top._actions if isinstance(action, argparse._SubParsersAction))
    helps = {choice.dest: choice.help or "" for choice in chooser._choices_actions}
    text = NOTE.format(source="server/cli/parser.py") + "# Commands\n\n"
    text += "`hytegraph COMMAND --help` prints the same. "
    text += (
        "Without a release, commands use `build/release`; without a folder, the packaged Kemi documents.\n\n"
    )
    text += table(
        ("command", "what it does"), ((f"[`{name}`](#{name})", note) for name, note in helps.items())
    )
    text += "\n## Exit codes\n\n"
    codes = (line.split(maxsplit=1) for line in EXIT_CODES.splitlines()[1:])
    text += table(("code", "meaning"), ((f"`{code}`", meaning) for code, meaning in codes))
    for name, command in chooser.choices.items():
        text += f"\n## {name}\n\n{helps[name][:1].upper()}{helps[name][1:]}.\n\n"
        text += f"```\n{_usage(command)}\n```\n"
        rows = [_argument(action) for action in command._actions if not _is_help(action)]
        text += "\n" + table(("argument or option", "meaning"), rows) if rows else ""
    return text


def _usage(command: argparse.ArgumentParser) -> str:
    """The usage of a command on one line; a command with many options shows them as `[OPTION…]`."""
    usage = " ".join(command.format_usage().removeprefix("usage: ").split())
    if len(usage) <= 300:
        return usage.replace(" [-h]", "")
    required = [action for action in command._actions if not action.option_strings]
    words = " ".join(f"[{action.metavar}]" for action in required)
    return f"{command.prog} [OPTION…] {words}"


def _is_help(action: argparse.Action) -> bool:
    return isinstance(action, argparse._HelpAction)


def _argument(action: argparse.Action) -> tuple[str, str]:
    name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
    value = (
        "" if action.nargs == 0 or not action.option_strings else f" {action.metavar or action.dest.upper()}"
    )
    choices = f"{{{','.join(map(str, action.choices))}}}" if action.choices else ""
    shown = f"`{name} {choices}`" if choices else f"`{name}{value}`"
    return shown, _html_safe(action.help or "")


def _html_safe(text: str) -> str:
    return text.replace("<", "&lt;")


def settings() -> str:
    """Every setting with its option, environment variable, default, values and meaning."""
    text = NOTE.format(source="server/settings.py") + "# Settings\n\n"
    text += "Each setting is an option of `hytegraph serve` and an environment variable. "
    text += "The option has precedence over the variable, the variable over the default.\n\n"
    head = ("option", "variable", "default", "values", "meaning")
    return text + table(head, (_setting(setting) for setting in SETTINGS))


def _setting(setting: Setting) -> tuple[str, ...]:
    values = ", ".join(f"`{choice}`" for choice in setting.choices)
    if isinstance(setting.default, int):
        values = f"from {setting.minimum}"
    option = "argument" if setting.name == "release" else f"`{setting.option}`"
    default = f"`{setting.default}`" if setting.default != "" else ""
    return option, f"`{setting.environment}`", default, values, _html_safe(setting.help)


def queries() -> str:
    """Every named query with its summary, columns and parameters."""
    text = NOTE.format(source="the headers in queries/service/") + "# Named queries\n\n"
    text += (
        "Names and columns are public API: `hytegraph query NAME` on the command line, `/query/NAME` over HTTP. "
        "`document` is the file name without suffix, several values in a cell are joined with ` | `, "
        "and line numbers refer to the published file.\n"
    )
    for query in load_queries().values():
        text += f"\n## {query.name}\n\n{query.summary['en']}."
        text += f" {query.description['en']}" if query.description else ""
        text += f"\n\nColumns: {', '.join(f'`{column}`' for column in columns(query))}\n"
        if query.parameters:
            text += "\n" + table(("parameter", "meaning", "required"), map(_parameter, query.parameters))
    return text


def columns(query: NamedQuery) -> tuple[str, ...]:
    """The public columns of a named SELECT query; its parameters are none."""
    solutions = Store().query(query.text)
    assert isinstance(solutions, QuerySolutions)
    return tuple(each.value for each in solutions.variables if not each.value.startswith("_"))


def _parameter(parameter: Any) -> tuple[str, ...]:
    return f"`{parameter.name}`", parameter.summary["en"], "no" if parameter.default is None else "yes"


PAGES: Mapping[str, Callable[[], str]] = {
    "commands.md": commands,
    "settings.md": settings,
    "queries.md": queries,
}


def main() -> int:
    """Writes every page."""
    for name, make in PAGES.items():
        (REFERENCE / name).write_text(make(), encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
