"""Words for posts, roles, units and places, which are no names of persons, and names that stand beside a post."""

import re
from collections.abc import Iterator

from hytegraph.loaders.privacy.known_names import (
    CAPITAL,
    NAME_PART,
    PARTICLE,
    is_common_surname,
    is_given,
    is_heading,
    is_surname,
)

_POSTS = (
    r"johtaja|päällikkö|sihteeri|rehtori|tarkastaja|insinööri|lääkäri|koordinaattori|suunnittelija|geodeetti|"
    r"arkkitehti|asiantuntija|esittelijä|valmistelija|hoitaja|ohjaaja|opettaja|lakimies|juristi|controller|"
    r"mestari|kamreeri|pitäjä|vastaava|esihenkilö|assistentti|edustaja|valvoja|neuvoja|valtuutettu|neuvos|"
    r"direktör|direktören|chef|chefen|sekreterare|sekreteraren|rektor|rektorn|koordinator|koordinatorn|planerare|"
    r"planeraren|ingenjör|ingenjören|läkare|läkaren|jurist|juristen|inspektör|inspektören|beredare|föredragande|"
    r"ledamot|ledamoten|ledamöterna|fullmäktigeledamot|fullmäktigeledamoten|ordförande|ordföranden|suppleant|"
    r"suppleanten|borgmästare|borgmästaren|handledare|lärare|sakkunnig|representant|ansvarig"
)
# A surname may end in "stad" (Nystad), so only the word itself is a unit.
_UNITS = (
    r"sihteeristö|toimiala|virasto|kanslia|osasto|palvelut?|lautakunta|hallitus|valtuusto|jaosto|yksikkö|tiimi|"
    r"neuvosto|kaupunki|kunta|organisaatio|toimikunta|keskus|alue|ryhmä|toimisto|työryhmä|liitto|yhdistys|seura|"
    r"seurakunta|säätiö|koulu|opisto|päiväkoti|kirjasto|museo|"
    r"nämnd|nämnden|styrelse|styrelsen|fullmäktige|sektion|sektionen|sektor|sektorn|väsendet|avdelning|avdelningen|"
    r"enhet|enheten|tjänster|tjänsterna|service|kansli|kansliet|(?<![^\W\d_])stad|staden|kommun|kommunen|region|regionen|"
    r"välfärdsområde|välfärdsområdet|rådet|förening|föreningen|förbund|förbundet|stiftelse|stiftelsen|församling|"
    r"församlingen|skola|skolan|bibliotek|biblioteket|institut|institutet|grupp|gruppen|daghem|daghemmet"
)
ROLE = re.compile(rf".*(?:{_POSTS}|jäsen|{_UNITS})", re.IGNORECASE)
COMPANY = re.compile(r"\b(?:Oyj?|Ky|Ry|ry|Ab|AMK|Osk|rf|r\.f\.)\b")
# A person's name before one of these is the name of a place or an organisation: "Aino Mallisen koulu".
PLACE_FOLLOWS = re.compile(
    r"\s+-?(?:katu|kadu|tie|tien|kuja|polku|aukio|tori|puisto|koulu|lukio|opisto|päiväkoti|museo|talo|sali|kenttä|"
    r"halli|säätiö|rahasto|palkinto|koti|kirkko|seura|gata|väg|park|torg|skola|daghem|hem|museum|stiftelse|fond|"
    r"sal|plan|hus|pris)\w*"
)
_POST = re.compile(rf"(?<![\w-])[\w-]*(?:{_POSTS})(?![\w-])", re.IGNORECASE)
# Endings of surnames that no list has, which words of the languages seldom have.
_SURNAME = re.compile(
    r"\w{2,}(?:niemi|mäki|järvi|lahti|koski|virta|harju|korpi|vaara|salmi|aho|sson|ström|qvist|kvist|lund|gren)"
)
_WORDS = re.compile(
    rf"(?:[^\S\n]+|[^\S\n]*\n[^\S\n]*)({NAME_PART}(?:[^\S\n]+(?:{PARTICLE}\s+)?{NAME_PART}){{0,3}})"
)
_BEFORE_POST = re.compile(
    rf"(?<![\w-])([{CAPITAL}][\w'’-]+(?:[^\S\n]+(?:{PARTICLE}\s+)?[{CAPITAL}][\w'’-]+){{1,2}})[^\S\n]*[,(–-]\s*"
    rf"(?=(?:[\w-]+\s+){{0,3}}?[\w-]*(?:{_POSTS})(?![\w-]))"
)


def names_by_posts(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where a post stands before or after words that are a name, and whether that is sure."""
    for post in _POST.finditer(text):
        if match := _WORDS.match(text, post.end()):
            is_below = "\n" in match[0][: match.start(1) - match.start()]
            yield from (found for found in _name(text, *match.span(1)) if not is_below or " " in match[1])
    for match in _BEFORE_POST.finditer(text):
        yield from _name(text, *match.span(1))


def _name(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The words between two places as a name: cut at a word for a role, none where a heading follows the post."""
    words: list[re.Match[str]] = []
    for word in re.finditer(r"\S+", text[start:end]):
        if ROLE.fullmatch(word[0].rstrip(".")):
            break
        words.append(word)
    last = words[-1] if words else None
    if last is None or COMPANY.search(text[start:end]) or PLACE_FOLLOWS.match(text, start + last.end()):
        return
    if len(words) == 1 and not (is_common_surname(last[0]) or _SURNAME.fullmatch(last[0])):
        return
    has_given = any(is_given(word[0]) for word in words)
    if any(is_heading(word[0]) for word in words) and not has_given:
        return
    sure = len(words) > 1 and (has_given or is_surname(last[0]))
    yield start, start + last.end(), sure
