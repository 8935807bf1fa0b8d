"""Claims of continuity are read in the words of today."""

from pathlib import Path

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.settings import Settings

SMALL = Path(__file__).parents[3] / "data" / "server" / "periods.trig"


def test_a_kind_that_has_been_replaced_is_read_as_what_replaces_it(tmp_path: Path) -> None:
    text = SMALL.read_text("utf-8")
    file = tmp_path / "old.trig"
    file.write_text(text.replace("continuityKind hyte:same ", "continuityKind hyte:reworded "), "utf-8")
    old, new = (create_app(Settings.of({}), Dataset.open(each)).test_client() for each in (file, SMALL))

    assert file.read_text("utf-8") != text
    for address in ("/periods", "/periods.csv"):
        assert old.get(address).status_code == 200
        assert old.get(address).text == new.get(address).text
