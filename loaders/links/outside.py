"""Links to other authorities, each verified or made by rule from what a document prints, in a graph of their own."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from hytegraph.graph.csv_files import read_csv
from hytegraph.graph.iris import common_graph
from hytegraph.graph.languages import Text
from hytegraph.graph.vocab import DCT, HYTE, RDFS, SDMX_ATTRIBUTE, SKOS
from hytegraph.loaders.authorities.municipalities import own_municipalities

NAME = "links/outside"
LABEL = Text(
    fi="Linkit muihin tietovarantoihin",
    sv="Länkar till andra informationskällor",
    en="Links to other authorities",
)
SOURCES = Text(
    fi="Kunnan alue: Tilastokeskuksen kuntaluokitus 2025 koodin mukaan ja YSO-paikat saman nimen mukaan (täsmällinen "
    "vastaavuus). Tunnusluvun yksikkö: QUDT. Säädös: Semanttinen Finlex asiakirjan painaman numeron mukaan.",
    sv="Kommunens område: Statistikcentralens kommunklassificering 2025 enligt koden och ALLFO-platser enligt samma "
    "namn (exakt motsvarighet). Nyckeltalets enhet: QUDT. Författning: Semantiska Finlex enligt numret i dokumentet.",
    en="Area of a municipality: Statistics Finland's classification of municipalities 2025 by code, and YSO places by "
    "equal name (exact match). Unit of a figure: QUDT. Statute: Semantic Finlex by the number that a document prints.",
)
_CLASSIFIED = date(2025, 1, 1)
_CODE = "https://stat.fi/fi/luokitukset/kunta/kunta_1_20250101/code/"
_STATUTE = "http://data.finlex.fi/eli/sd/"
# The usual form of a citation: the word, and number and year of the statute in brackets.
_CITED = re.compile(
    r"(?:laki|lain|lakia|laissa|lakiin|lailla|asetus|asetuksen|asetuksessa|lag|lagen|förordning|förordningen)"
    r"[^().]{0,60}\((\d{1,4})/((?:18|19|20)\d{2})\)",
    re.IGNORECASE,
)
_AUTHORITIES = Path(__file__).parents[1] / "authorities"


@cache
def _listed(name: str) -> Mapping[str, str]:
    """The addresses of a list of authorities, by what they are for."""
    file = read_csv(_AUTHORITIES / name, name)
    key, address = file.header
    return {cells[key]: cells[address] for _, cells in file.records()}


def outside_quads(quads: Iterable[Quad], base: str) -> Iterator[Quad]:
    """The links of a town's areas, figures and passages; empty where nothing of it can be linked."""
    links = sorted({link for quad in quads for link in _links(quad)}, key=str)
    graph = common_graph(base, NAME)
    if links:
        for text in LABEL.literals():
            yield Quad(graph, RDFS.label, text, graph)
        for text in SOURCES.literals():
            yield Quad(graph, DCT.description, text, graph)
    for subject, property_, address in links:
        yield Quad(subject, property_, NamedNode(address), graph)


def statutes(text: str) -> tuple[str, ...]:
    """The addresses of the statutes that a text cites by number.

    >>> statutes("kuntalain (410/2015) 37 §")
    ('http://data.finlex.fi/eli/sd/2015/410',)
    >>> statutes("Kaupunginhallitus 12.3.2024 § 110 (110/2024)")
    ()
    """
    return tuple(f"{_STATUTE}{year}/{int(number)}" for number, year in _CITED.findall(text))


def _links(quad: Quad) -> Iterator[tuple[NamedNode, NamedNode, str]]:
    subject, value = quad.subject, quad.object
    if not isinstance(subject, NamedNode) or not isinstance(value, Literal):
        return
    if quad.predicate == SKOS.notation and subject.value.endswith("/area"):
        for address in _areas(value.value):
            yield subject, SKOS.exactMatch, address
    elif quad.predicate == HYTE.unitText and value.value in _listed("units.csv"):
        yield subject, SDMX_ATTRIBUTE.unitMeasure, _listed("units.csv")[value.value]
    elif quad.predicate == HYTE.quote:
        for address in statutes(value.value):
            yield subject, DCT.references, address


def _areas(code: str) -> Iterator[str]:
    """The addresses of the area of a municipality; of its code only where it was one in the year of the list."""
    day = _CLASSIFIED.isoformat()
    if any(
        each.code == code and (not each.valid_to or each.valid_to >= day) and each.valid_from <= day
        for each in own_municipalities()
    ):
        yield _CODE + code
    if code in _listed("places.csv"):
        yield _listed("places.csv")[code]
