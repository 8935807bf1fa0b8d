"""Labels of the parts of a matter in minutes, Finnish and Swedish."""

import re
from dataclasses import dataclass

PREPARED, PRESENTED, INFORMED = "preparedBy", "presentedBy", "informedBy"
REASONS, PROPOSAL, DECISION = "reasons", "proposal", "decision"
DISCUSSION, VOTE, ATTACHMENTS, NOTICE = "discussion", "vote", "attachments", "notice"
PEOPLE = frozenset((PREPARED, PRESENTED, INFORMED))

_LABELS = {
    PREPARED: (
        r"Asian valmistelijat?|Valmistelijat?\s*/\s*lisätiedot|Valmistelijat?|Valmistelu(?:sta vastaa[\w ]*)?|"
        r"Beredare|Beredning|Ärendets beredare|Beredd av"
    ),
    PRESENTED: r"Asian esittelijä|Esittelijät?|Föredragande(?: tjänsteinnehavare)?|Föredragare",
    INFORMED: (
        r"Lisätietoja(?: asiasta)?(?: anta(?:a|vat))?|Lisätiedot|Lisätietojen antaja|Yhteyshenkilöt?|"
        r"Tilläggsuppgifter(?: (?:ger|lämnas av))?|Mera information|Kontaktperson"
    ),
    REASONS: (
        r"Perustelut|Päätöksen perustelut|Selostus(?: asiasta)?|Asian (?:selostus|tausta|kuvaus|esittely)|Tausta|"
        r"Esittelyteksti|Tiivistelmä|Kuvaus|Valmisteluteksti|Vaikutusten arviointi|Toimivalta|Aikaisempi käsittely|"
        r"Asian aikaisempi käsittely|Päätöshistoria|Käsittelyhistoria|Motivering(?:ar)?|Motiv|Bakgrund|Redogörelse|"
        r"Sammandrag|Sammanfattning|Beskrivning|Tidigare behandling|Beslutshistoria|Konsekvensbedömning"
    ),
    PROPOSAL: (
        r"(?:[A-ZÄÖÅ][\w-]*(?:n|s) )?(?:[Pp]äätösehdotus|[Pp]äätösesitys|[Ee]hdotus|[Bb]eslutsförslag|[Ff]örslag)"
        r"(?: (?:kaupungin|kunnan)(?:hallituk|valtuusto)\w*| till beslut)?|Esitys|Muutettu (?:päätös)?ehdotus"
    ),
    DISCUSSION: (
        r"Kokouskäsittely|Käsittely(?: kokouksessa)?|Keskustelu|Esteellisyys|Behandling(?:en)?(?: på mötet)?|"
        r"Mötesbehandling|Diskussion|Jäv"
    ),
    VOTE: r"Äänestys(?:tulos|ratkaisu)?|Äänestykset|Omröstning(?:en|ar|sresultat)?",
    DECISION: r"(?:[A-ZÄÖÅ][\w-]*(?:n|s) )?(?:[Pp]äätös|[Bb]eslut)",
    ATTACHMENTS: (
        r"(?:Esityslistan )?(?:[Ll]iitteet|[Ll]iite|[Oo]heismateriaalit?)(?: [\w-]{1,12})?|"
        r"Lisämateriaali|Bilag(?:a|or)|Tilläggsmaterial"
    ),
    NOTICE: (
        r"Tiedoksi(?:anto)?|Jakelu|Päätöksen tiedoksianto|Muutoksenhaku(?:ohje|ohjeet)?|Oikaisuvaatimus(?:ohje)?|"
        r"Valitusosoitus|Täytäntöönpano|Toimeenpano|Ote(?:et)?|Pöytäkirjan (?:vakuudeksi|tarkastus)|Allekirjoitukset|"
        r"Otteen oikeaksi todistaa|Delges|Delgivning|För kännedom|Besvär(?:sanvisning)?|Ändringssökande|Utdrag|"
        r"Omprövningsbegäran|Rättelseyrkande|Verkställighet|Sändlista|Underskrifter|Protokolljustering|"
        r"Nähtävänäolo|Framläggning"
    ),
}
_PATTERNS = {
    part: re.compile(rf"\s*(?P<word>{words})(?P<gap>\s*:\s*|\s+|$)(?P<rest>.*)", re.DOTALL)
    for part, words in _LABELS.items()
}
POST = (
    r"(?:johtaja|päällikkö|sihteeri|rehtori|tarkastaja|insinööri|lääkäri|koordinaattori|suunnittelija|geodeetti|"
    r"arkkitehti|asiantuntija|lakimies|juristi|controller|kamreeri|hoitaja|ohjaaja|vastaava|esihenkilö|mestari|"
    r"pormestari|neuvoja|valmistelija|direktör(?:en)?|chef(?:en)?|sekreterare(?:n)?|rektor(?:n)?|koordinator(?:n)?|"
    r"planerare(?:n)?|ingenjör(?:en)?|jurist(?:en)?|inspektör(?:en)?|läkare|borgmästare(?:n)?)"
)
_IS_POST = re.compile(
    rf"(?:[\w-]+,? ){{0,5}}?(?:(?:ja|och|t\.f\.|vt\.|vs\.) )?[\w-]*{POST}\b.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a line: the kind of part it opens, its words, and what follows them."""

    kind: str
    word: str
    rest: str


def label_of(line: str) -> Label | None:
    """The label that a line begins with; None for other lines, such as a sentence that begins with its word.

    >>> label_of("Päätös   Ehdotus hyväksyttiin."), label_of("Päätös on lainvoimainen.")
    (Label(kind='decision', word='Päätös', rest='Ehdotus hyväksyttiin.'), None)
    """
    for part, pattern in _PATTERNS.items():
        match = pattern.fullmatch(line)
        if match and _opens(part, match["gap"], match["rest"].strip()):
            return Label(part, " ".join(match["word"].split()), match["rest"])
    return None


def _opens(part: str, gap: str, rest: str) -> bool:
    if not rest or ":" in gap or len(gap) > 1 or "\t" in gap:
        return True
    if part in (ATTACHMENTS, NOTICE, REASONS, DISCUSSION, VOTE):
        return False
    if part in PEOPLE:
        return rest[0].isupper() or rest[0] == "[" or is_post(rest)
    return rest[0].isupper() or rest[0] in "0123456789["


def is_post(words: str) -> bool:
    """Whether words begin with the name of a post."""
    return bool(_IS_POST.fullmatch(words))
