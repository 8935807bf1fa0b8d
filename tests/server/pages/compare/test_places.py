"""Each item of a comparison leads to the lines it was read from."""

from flask.testing import FlaskClient

from tests.server.reading import BROWSER, rows_of


def test_an_item_tells_its_document_and_lines(towns: FlaskClient) -> None:
    found = {
        (row["town"], row["level"]): (row["document"], row["lineStart"], row["lineEnd"])
        for row in rows_of(towns, "/compare/items.csv?words=liikuntakerho")
    }

    assert found == {
        ("Mallila", "measure"): ("plan", "5", "6"),
        ("Mallila", "indicator"): ("plan", "5", "6"),
        ("Saarela", "indicator"): ("saarela", "2", "4"),
    }


def test_an_item_on_the_page_leads_to_its_lines(towns: FlaskClient) -> None:
    page = towns.get("/compare?words=liikuntakerho", headers=BROWSER).text

    assert "?lines=5-6#L5" in page
    assert "?lines=2-4#L2" in page
