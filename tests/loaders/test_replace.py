"""Another text of a document takes its place: names keep what they name, corrections go along, old passages lead on."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from hytegraph.graph.errors import BuildError, DocumentError, ManifestError
from hytegraph.graph.vocab import DCT, HYTE, OWL, RDF, RDFS, SKOS
from hytegraph.loaders.build import build
from hytegraph.loaders.documents.folder import read_folder, read_manifest
from hytegraph.loaders.documents.tables import read_table
from hytegraph.loaders.quads.steps import folder_quads
from hytegraph.loaders.replace import replace_document

pytestmark = pytest.mark.whole

PLAN = "toimenpideohjelma"
BASE = "https://data.example.org/"
WORDS = {HYTE.Measure: RDFS.label, HYTE.PlanRow: HYTE.measureText, HYTE.Passage: HYTE.quote}
TextOf = Callable[..., Path]


def iri(term: object) -> str:
    return str(term)[1:-1]


def meanings(folder: Path) -> dict[str, str]:
    """The words of every measure, row, passage, figure … by IRI; of those that are retired none."""
    quads = folder_quads(read_folder(folder), BASE)
    types = {q.subject: q.object for q in quads if q.predicate == RDF.type}
    told = (RDFS.label, SKOS.prefLabel, HYTE.quote)
    found: dict[str, str] = {}
    for quad in quads:
        type_ = types.get(quad.subject)
        predicate = WORDS.get(type_) if isinstance(type_, NamedNode) else None
        is_told = quad.predicate == predicate or (predicate is None and quad.predicate in told)
        if (
            is_told
            and types.get(quad.subject) != HYTE.SourceDocument
            and "retired" not in str(quad.graph_name)
        ):
            found[iri(quad.subject)] = str(getattr(quad.object, "value", ""))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_whatever_lines_are_inserted_every_iri_keeps_its_meaning(
    seed: int, mallila_copy: Path, text_of: TextOf
) -> None:
    """Blank lines between paragraphs and words above the title change no content, only every number of a line."""
    before = meanings(mallila_copy)
    draw = random.Random(seed)

    def longer(text: str) -> str:
        lines = text.split("\n")
        for at in sorted((at for at, line in enumerate(lines) if not line), reverse=True):
            lines[at:at] = [""] * draw.choice((0, 0, 1, 3))
        return "\n".join(["Mallilan kaupunki", "", *lines])

    replace_document(mallila_copy, PLAN, text_of(PLAN, longer))
    after = meanings(mallila_copy)
    changed = {iri: (words, after[iri]) for iri, words in before.items() if after.get(iri, words) != words}
    assert changed == {}
    kept = {iri for iri in before if "/passage/" not in iri}
    assert kept <= after.keys()
    assert sum("/measure/" in iri for iri in kept) == 6


def test_a_reworded_measure_keeps_its_name_and_another_one_gets_its_own(
    mallila_copy: Path, text_of: TextOf
) -> None:
    before = {words: iri for iri, words in meanings(mallila_copy).items() if "/measure/" in iri}
    corrected = text_of(
        PLAN, lambda text: text.replace("Torikahvit kaksi", "Torikahvit kolme").replace("Laavut.", "Veneet.")
    )
    replace_document(mallila_copy, PLAN, corrected)
    after = {words: iri for iri, words in meanings(mallila_copy).items() if "/measure/" in iri}
    assert after["Torikahvit kolme kertaa vuodessa"] == before["Torikahvit kaksi kertaa vuodessa"]
    assert after["Veneet."] not in before.values()
    quads = folder_quads(read_folder(mallila_copy), BASE)
    retired = {iri(quad.subject) for quad in quads if quad.predicate == OWL.deprecated}
    assert before["Laavut."] in retired
    assert not retired & set(after.values())


def test_an_old_passage_leads_to_the_same_words_of_the_new_text(mallila_copy: Path, text_of: TextOf) -> None:
    old = {iri: words for iri, words in meanings(mallila_copy).items() if f"/passage/{PLAN}" in iri}
    replace_document(mallila_copy, PLAN, text_of(PLAN, lambda text: f"Mallila\n\n{text}"))
    new = meanings(mallila_copy)
    quads = folder_quads(read_folder(mallila_copy), BASE)
    leads = {iri(q.subject): iri(q.object) for q in quads if q.predicate == DCT.isReplacedBy}
    # The passage of the title has grown by the words above it: it leads nowhere.
    assert {old[passage] for passage in old.keys() - leads.keys()} == {
        "Hyvinvointisuunnitelman toimenpiteet vuodelle 2027"
    }
    assert all(new[leads[passage]] == old[passage] for passage in leads)
    assert all("/v2/" in passage for passage in leads.values())


def test_corrections_are_carried_over_where_the_cells_are_the_same_and_the_rest_is_listed(
    mallila_copy: Path, text_of: TextOf
) -> None:
    file = mallila_copy / PLAN / "measures.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    torches, trees, gone = (row for row in range(1, len(lines)) if row in (1, 3, 5))
    for at in (torches, trees):
        lines[at] = lines[at].replace(",sure,", f",ambiguous,Tarkistettu {at}.")
    deleted = lines.pop(gone)
    file.write_text("".join(lines), encoding="utf-8")
    replaced = replace_document(
        mallila_copy,
        PLAN,
        text_of(PLAN, lambda text: "Mallila\n\n" + text.replace("Torikahvit kaksi", "Torikahvit kolme")),
    )
    notes = {row["note"] for row in read_table(file).rows}
    assert f"Tarkistettu {trees}." in notes
    assert f"Tarkistettu {torches}." not in notes
    assert deleted.split(",")[6] not in file.read_text(encoding="utf-8")
    assert replaced.left == (f"{PLAN}/measures.csv, row {lines[torches].split(',')[0]}",)
    assert len(replaced.carried) == 2


def test_the_manifest_keeps_what_a_person_wrote_and_counts_the_texts(
    mallila_copy: Path, text_of: TextOf
) -> None:
    file = mallila_copy / "manifest.toml"
    text = file.read_text(encoding="utf-8")
    [before] = [entry for entry in read_manifest(mallila_copy) if entry.name == PLAN]
    file.write_text(text.replace(before.title["fi"], "Ihmisen kirjoittama otsikko"), encoding="utf-8")
    replace_document(mallila_copy, PLAN, text_of(PLAN, lambda words: f"Mallila\n\n{words}"))
    [after] = [entry for entry in read_manifest(mallila_copy) if entry.name == PLAN]
    assert (after.version, after.slug, after.title["fi"]) == (2, before.slug, "Ihmisen kirjoittama otsikko")
    assert (after.lines, after.sha256 == before.sha256) == (before.lines + 2, False)


def test_what_cannot_be_replaced_is_refused_and_changes_nothing(mallila_copy: Path, text_of: TextOf) -> None:
    before = {file: file.read_bytes() for file in mallila_copy.rglob("*") if file.is_file()}
    with pytest.raises(ManifestError, match="no document is called 'muu'; there are: lomake"):
        replace_document(mallila_copy, "muu", text_of(PLAN))
    with pytest.raises(DocumentError, match="this is the text that the folder holds"):
        replace_document(mallila_copy, PLAN, text_of(PLAN, encoding="utf-8-sig"))
    with pytest.raises(DocumentError, match="fits no known kind"):
        replace_document(mallila_copy, PLAN, text_of(PLAN, lambda _: "Keitä puuroa.\n"))
    assert {file: file.read_bytes() for file in mallila_copy.rglob("*") if file.is_file()} == before


@pytest.mark.slow
def test_a_build_refuses_a_release_in_which_a_published_iri_means_another_thing(
    mallila_copy: Path, tmp_path: Path
) -> None:
    out = tmp_path / "release"
    assert build([mallila_copy], out).release
    standing = out.resolve()
    file = mallila_copy / "registry.csv"
    text = file.read_text(encoding="utf-8")
    names = [line.split(",")[2] for line in text.splitlines() if line.startswith("measure,")]
    first, second = names[:2]
    swapped = (
        text.replace(f",{first},", ",x,").replace(f",{second},", f",{first},").replace(",x,", f",{second},")
    )
    file.write_text(swapped, encoding="utf-8")
    with pytest.raises(
        BuildError, match=rf"2 published IRIs would mean another thing: .*measure/[^:]*{first}"
    ):
        build([mallila_copy], out)
    assert out.resolve() == standing
    assert build([mallila_copy], tmp_path / "other").release


def test_a_correction_by_hand_keeps_the_name_of_what_it_corrects(mallila_copy: Path) -> None:
    before = {words: iri for iri, words in meanings(mallila_copy).items() if "/measure/" in iri}
    file = mallila_copy / PLAN / "measures.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("Torikahvit kaksi kertaa vuodessa", "Torikahvit kaksi kertaa"), encoding="utf-8"
    )
    after = {words: iri for iri, words in meanings(mallila_copy).items() if "/measure/" in iri}
    assert after["Torikahvit kaksi kertaa"] == before["Torikahvit kaksi kertaa vuodessa"]
    assert set(after.values()) == set(before.values())
