"""The site of a release: all pages in three languages, data beside them, links that lead somewhere."""

import hashlib
import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.app import create_app
from hytegraph.server.cli.main import main
from hytegraph.server.cli.release_settings import settings_for_release
from hytegraph.server.pages.editor import in_browser
from hytegraph.server.publishing.folder import CHECKSUMS as PUBLISHED
from hytegraph.server.site import editor, making
from hytegraph.server.site.folder import CHECKSUMS, check_folder, replace_files
from tests.server.site.conftest import ADDRESS, ROOT, Made, make
from tests.site_links import broken

_TAGS = re.compile(
    r"<script\b.*?</script>|<p [^>]*data-without-script>.*?</p>|<form\b.*?</form>|<[^>]*>", re.DOTALL
)
FORM_NOTE = "lomake, joka vaatii hytegraph-palvelun"


@pytest.fixture(scope="module")
def client(made: Made) -> FlaskClient:
    settings = settings_for_release({}, {"release": str(made.release)})
    return create_app(settings, Dataset.open(made.release)).test_client(use_cookies=False)


def words_of(page: str) -> str:
    text = unescape(_TAGS.sub(" ", page.partition("<main")[2].partition('<p class="printed"')[0]))
    return " ".join(text.split())


def test_every_link_of_every_page_leads_to_a_file_and_a_place_in_it(made: Made) -> None:
    assert list(broken(made.out, ROOT)) == []


def test_a_broken_link_would_be_found(made: Made, tmp_path: Path) -> None:
    out = tmp_path / "site"
    out.mkdir()
    (out / "index.html").write_text('<a href="gaps/">x</a><a href="./#no">y</a>', "utf-8")

    assert len(list(broken(out, ROOT))) == 2


def test_every_page_is_there_in_three_languages_and_a_record_once(made: Made) -> None:
    pages = {file.relative_to(made.out).as_posix() for file in made.out.rglob("*.html")}
    finnish = {page for page in pages if not page.startswith(("sv/", "en/"))}
    records = {page for page in finnish if f"sv/{page}" not in pages}

    assert len(finnish - records) > 100
    assert pages == finnish | {
        f"{language}/{page}" for language in ("sv", "en") for page in finnish - records
    }
    # People read of these on the pages of the plan and in the document.
    assert {page.split("/")[3] for page in records} >= {"measure", "goal", "document", "passage", "row"}
    assert {page.split("/")[0] for page in records} == {"page"}
    assert "page/id/mallila/index.html" not in records


def test_a_record_shows_what_each_graph_states_and_leads_to_the_words_and_the_data(
    made: Made, client: FlaskClient
) -> None:
    file = min((made.out / "page/id/mallila/row").rglob("index.html"))
    name = file.parent.relative_to(made.out / "page").as_posix()
    record, up = file.read_text("utf-8"), "../" * (name.count("/") + 2)

    headings = re.findall(r"<h3><code>(.*?)</code>", record)
    assert any(heading.startswith("graph/mallila/document/") for heading in headings)
    inferred = record.partition("<code>graph/inferred</code>")[2]
    assert 'class="note"><span lang="fi">päätelty säännöllä</span>' in inferred.partition("<dl")[0]
    for prefix in ("", "sv/", "en/"):
        assert re.search(rf'href="{up}{prefix}source/id/mallila/document/[^"]*\?lines=\d', record)
    for suffix in ("ttl", "jsonld"):
        data = (made.out / f"data/{name}.{suffix}").read_bytes()
        assert data == client.get(f"/data/{name}.{suffix}").data


def test_all_that_pages_lead_to_answers(made: Made) -> None:
    assert made.site.failed == {}


@pytest.mark.parametrize(
    ("address", "file", "language"),
    [
        ("/", "index.html", "fi"),
        ("/plans", "sv/plans/index.html", "sv"),
        ("/gaps", "en/gaps/index.html", "en"),
        ("/ns", "ns/index.html", "fi"),
        ("/query/measures", "query/measures/index.html", "fi"),
    ],
)
def test_a_page_says_what_the_service_says(
    made: Made, client: FlaskClient, address: str, file: str, language: str
) -> None:
    served = client.get(address, headers={"Accept": "text/html", "Accept-Language": language}).text
    own = (made.out / file).read_text("utf-8")

    # Where a form would be, the site says that it needs the service.
    assert words_of(re.sub(r'<p class="note">[^<]*hytegraph[^<]*</p>', "", own)) == words_of(served)
    assert f'<html data-root="{"../" * file.count("/") or "./"}"' in own


@pytest.mark.parametrize("file", ["gaps.csv", "plans.json", "ns.ttl", "query/measures.csv"])
def test_data_beside_a_page_are_those_of_the_service(made: Made, client: FlaskClient, file: str) -> None:
    assert (made.out / file).read_bytes() == client.get(f"/{file}").data


def test_the_dumps_are_the_release(made: Made) -> None:
    data = (made.release / "data.nq").read_bytes()

    assert (made.out / f"dumps/{hashlib.sha256(data).hexdigest()[:12]}/hytegraph.nq").read_bytes() == data


def test_cited_lines_lead_to_the_part_of_the_document_that_holds_them(made: Made) -> None:
    page = next(iter(sorted((made.out / "trace").rglob("index.html")))).read_text("utf-8")
    found = re.search(r'href="([^"]*source/[^"?]*)\?lines=(\d+)[^"]*#L(\d+)"', page)

    assert found
    assert found[2] == found[3]


def test_what_needs_the_service_says_so_and_leads_nowhere(made: Made) -> None:
    page = (made.out / "sparql" / "index.html").read_text("utf-8")

    assert "?question=" not in page
    if (made.out / "editor").is_dir():
        assert "data-in-browser" in page
        assert FORM_NOTE in (made.out / "measures" / "index.html").read_text("utf-8")
    else:
        assert FORM_NOTE in page
        assert "<form" not in page.replace('<form class="quick"', "")


def test_data_that_are_too_many_for_a_browser_are_told_and_not_put_beside_the_page(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_browser, "MOST_QUADS", 10)
    monkeypatch.setattr(editor, "MOST_QUADS", 10)
    served = Dataset.open(made.release)
    app = create_app(settings_for_release({}, {"release": str(made.release)}), served)
    app.config[in_browser.IN_BROWSER] = editor.put_editor(served, tmp_path)
    page = app.test_client().get("/sparql", headers={"Accept": "text/html", "Accept-Language": "en"}).text

    assert "too many to be queried in the browser" in page
    assert 'href="/downloads"' in page
    assert "data-in-browser" not in page
    assert list(tmp_path.iterdir()) == []


def test_the_same_site_is_not_made_again(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "crawl", None)
    again = make(made.release, made.out)

    assert (again.changes.written, again.changes.removed) == (0, 0)
    assert (again.pages, again.changes.files) == (made.site.pages, made.site.changes.files)
    assert again.changes.bytes == made.site.changes.bytes
    with pytest.raises(TypeError):
        make(made.release, made.out, service="https://hyte.example.org")


@pytest.mark.slow
def test_a_second_run_writes_what_differs_and_one_process_makes_the_same_bytes(
    made: Made, tmp_path: Path
) -> None:
    out = shutil.copytree(made.out, tmp_path / "site")
    before = {file: file.stat().st_mtime_ns for file in out.rglob("*") if file.is_file()}
    (out / "about" / "index.html").write_text("old", "utf-8")
    (out / CHECKSUMS).write_text((out / CHECKSUMS).read_text("utf-8") + f"{'0' * 64}  gone/index.html\n")
    (out / "gone").mkdir()
    (out / "gone" / "index.html").write_text("gone", "utf-8")
    (out / "of-the-city.txt").write_text("not ours", "utf-8")

    changes = make(made.release, out, jobs=1).changes

    assert (changes.written, changes.removed) == (2, 1)
    assert not (out / "gone").exists()
    assert (out / "of-the-city.txt").exists()
    same = [file for file in before if file.name != CHECKSUMS and file.parent.name != "about"]
    assert [file for file in same if file.stat().st_mtime_ns != before[file]] == []
    assert (out / "about" / "index.html").read_bytes() == (made.out / "about" / "index.html").read_bytes()


def test_the_list_of_checksums_names_every_file(made: Made) -> None:
    lines = (made.out / CHECKSUMS).read_text("utf-8").splitlines()
    sums = {name: checksum for checksum, _, name in (line.partition("  ") for line in lines)}
    files = {file.relative_to(made.out).as_posix() for file in made.out.rglob("*") if file.is_file()}

    assert set(sums) == files - {CHECKSUMS}
    assert sums["gaps.csv"] == hashlib.sha256((made.out / "gaps.csv").read_bytes()).hexdigest()


def test_the_sitemap_names_pages_under_the_address_of_the_site(made: Made) -> None:
    sitemap = (made.out / "sitemap.xml").read_text("utf-8")

    assert f"<loc>{ADDRESS}</loc>" in sitemap
    assert f"<loc>{ADDRESS}sv/gaps/</loc>" in sitemap
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (made.out / "robots.txt").read_text("utf-8")


def test_nothing_of_the_machine_that_made_it_is_in_a_site(made: Made) -> None:
    own = str(made.release.parent).encode()

    assert [file for file in made.out.rglob("*") if file.is_file() and own in file.read_bytes()] == []


def test_the_words_for_searching_are_small_files_that_name_each_thing(made: Made) -> None:
    folder = made.out / "search-data"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    things = [
        thing
        for number in range(len(list((folder / "things").iterdir())))
        for thing in json.loads((folder / f"things/{number}.json").read_text("utf-8"))
    ]
    files = [file for file in folder.rglob("*.json") if file.name != "index.json"]

    assert index["kinds"][-1][3] == len(things) - 1
    assert all(thing["href"] and thing["names"] for thing in things)
    assert max(file.stat().st_size for file in files) < 200_000
    assert sorted(index["words"]) == index["words"]


def test_a_site_leaves_the_files_of_a_published_release_in_the_same_folder(tmp_path: Path) -> None:
    made_files, out = tmp_path / "made", tmp_path / "out"
    for folder in (made_files, out):
        folder.mkdir()
    (made_files / "catalog.ttl").write_text("of the site", "utf-8")
    (made_files / "index.html").write_text("page", "utf-8")
    (out / "catalog.ttl").write_text("of the release", "utf-8")
    (out / PUBLISHED).write_text(f"{'0' * 64}  catalog.ttl\n", "utf-8")
    (out / CHECKSUMS).write_text(f"{'0' * 64}  catalog.ttl\n", "utf-8")
    check_folder(out)

    changes = replace_files(made_files, out)

    assert (changes.files, changes.removed) == (1, 0)
    assert (out / "catalog.ttl").read_text("utf-8") == "of the release"
    assert "catalog.ttl" not in (out / CHECKSUMS).read_text("utf-8")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://www.mallila.example/", "is no address of a site"),
        ("www.mallila.example", "is no address of a site"),
        ("https://www.mallila.example/?a=b", "is no address of a site"),
    ],
)
def test_what_is_no_address_of_a_site_is_refused(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str], url: str, reason: str
) -> None:
    assert main(["site", str(tmp_path / "site"), str(made.release), "--url", url]) == 2
    assert reason in capsys.readouterr().err


def test_a_folder_with_other_files_stays_as_it_is(
    made: Made, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "own.txt").write_text("mine", "utf-8")

    assert main(["site", str(tmp_path), str(made.release)]) == 2
    assert "holds files that are no site of hytegraph" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["own.txt"]


@pytest.mark.whole
def test_data_without_a_search_index_make_no_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "data.ttl"
    file.write_text("<http://example.org/a> <http://example.org/b> 'c' .", "utf-8")

    assert main(["site", str(tmp_path / "site"), str(file)]) == 2
    assert "a site is made of a release with its search index" in capsys.readouterr().err
