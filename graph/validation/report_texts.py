"""The words of a report in Finnish, Swedish and English."""

from collections.abc import Mapping

from hytegraph.graph.validation.report import Texts

WORDS: Mapping[str, Texts] = {
    "Violation": Texts("Virhe", "Fel", "Violation"),
    "Warning": Texts("Varoitus", "Varning", "Warning"),
    "Info": Texts("Huomio", "Anmärkning", "Info"),
    "line": Texts("rivi", "rad", "line"),
    "lines": Texts("rivit", "raderna", "lines"),
    "advice": Texts("Mitä tehdä", "Vad som ska göras", "What to do"),
    "expected": Texts("odotettu", "väntad", "expected"),
    "missing": Texts(
        "Odotettiin, mutta ei enää löydy", "Väntad men finns inte längre", "Expected, but no longer found"
    ),
    "no document": Texts("ei asiakirjaa", "inget dokument", "no document"),
    "nameless": Texts("nimetön solmu", "namnlös nod", "node without a name"),
    "by document": Texts("Asiakirjoittain", "Enligt dokument", "By document"),
    "severity": Texts("vakavuus", "allvarlighet", "severity"),
    "rule": Texts("sääntö", "regel", "rule"),
    "document": Texts("asiakirja", "dokument", "document"),
    "first line": Texts("ensimmäinen rivi", "första raden", "first line"),
    "last line": Texts("viimeinen rivi", "sista raden", "last line"),
    "node": Texts("kohde", "objekt", "node"),
    "address": Texts("tunniste", "identifierare", "IRI"),
    "property": Texts("ominaisuus", "egenskap", "property"),
    "value": Texts("arvo", "värde", "value"),
    "message": Texts("viesti", "meddelande", "message"),
    "note": Texts("selite", "anmärkning", "note"),
    "yes": Texts("kyllä", "ja", "yes"),
    "no": Texts("ei", "nej", "no"),
    "clean": Texts(
        "Kaikki tarkistukset menivät läpi, eikä odottamattomia löydöksiä ole.",
        "Alla kontroller gick igenom utan oväntade fynd.",
        "All checks passed, with no unexpected finding.",
    ),
    "look": Texts(
        "Jotakin on katsottava: virheitä {violations}, odottamattomia varoituksia {warnings}.",
        "Något måste ses över: {violations} fel, {warnings} oväntade varningar.",
        "There is something to look at: {violations} violations, {warnings} unexpected warnings.",
    ),
    "summary": Texts(
        "Sääntöjä {rules}, löydöksiä {findings}, joista odotettuja {expected}.",
        "{rules} regler, {findings} fynd, varav {expected} väntade.",
        "{rules} rules, {findings} findings, of which {expected} are expected.",
    ),
}


def word(name: str, language: str) -> str:
    """A word or sentence of a report in a language."""
    return WORDS[name].in_language(language)
