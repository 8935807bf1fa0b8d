"""A node has one basis and one certainty, whatever number of rows speak of it."""

from collections import Counter
from pathlib import Path

from hytegraph.graph.vocab import HYTE
from hytegraph.loaders.documents.folder import read_folder
from hytegraph.loaders.documents.tables import read_table, write_table
from hytegraph.loaders.quads.grounds import Ground, strongest, together
from hytegraph.loaders.quads.steps import folder_quads

SURE = Ground(HYTE.derivedFromLayout, HYTE.sure, "")
UNSURE = Ground(HYTE.derivedFromLayout, HYTE.ambiguous, "Kaksi lukutapaa.")
CORRECTED = Ground(HYTE.curatorJudgement, HYTE.sure, "Tarkistettu.")


def test_rows_that_each_name_a_node_give_it_the_strongest_ground() -> None:
    assert strongest([UNSURE, CORRECTED, SURE]) == (SURE,)
    assert strongest([UNSURE, CORRECTED]) == (CORRECTED,)


def test_a_row_is_as_sure_as_the_least_sure_of_its_lines() -> None:
    assert together([SURE, UNSURE, CORRECTED]) == Ground(
        HYTE.curatorJudgement, HYTE.ambiguous, "Kaksi lukutapaa. Tarkistettu."
    )


def test_a_correction_of_one_cell_leaves_one_value_of_basis_and_certainty_on_each_node(
    mallila_copy: Path,
) -> None:
    file = mallila_copy / "toimenpideohjelma" / "measures.csv"
    text = write_table(read_table(file)).decode()
    file.write_text(text.replace(",sure,", ",ambiguous,Tarkistettava.", 1), encoding="utf-8")
    quads = folder_quads(read_folder(mallila_copy), "https://data.example.org/")
    for predicate in (HYTE.basis, HYTE.certainty):
        stated = Counter((q.subject, q.graph_name) for q in quads if q.predicate == predicate)
        assert set(stated.values()) == {1}
    assert HYTE.curatorJudgement in {q.object for q in quads if q.predicate == HYTE.basis}
