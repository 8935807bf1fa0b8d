"""Personal data that has a form: phone numbers, e-mail addresses, codes, accounts, street addresses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hytegraph.graph.markers import ACCOUNT, ADDRESS, EMAIL, IDENTITY, PHONE


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of a text that holds personal data of a kind."""

    start: int
    end: int
    kind: str


_AT = r"(?:@|\uff20|\((?:at|ät|a)\)|\[(?:at|ät|a)\])"
_EMAILS = (
    re.compile(rf"[\w.+-]+\s?{_AT}\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE),
    # Spelt out: "etunimi sukunimi at kunta piste fi".
    re.compile(
        r"\b(?:[\w-]+(?: piste | ))?[\w.-]+ (?:at|ät|miukumauku) [\w-]+(?: (?:piste|dot) [\w-]+)+\b",
        re.IGNORECASE,
    ),
)
_IDENTITY_CODE = re.compile(
    r"(?<![\w/])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?!\w)"
)
_CAR_PLATE = re.compile(r"(?<![\w-])(?!SHA|UTF|ISO|SFS)[A-ZÅÄÖ]{3}-\d{2,3}(?![\w-])")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}(?!\w)")
_FINNISH_IBAN = re.compile(r"(?<!\w)FI(?:[ \u00a0-]?\d){16}(?!\d)", re.IGNORECASE)
_STREET = (
    r"\b[A-ZÅÄÖ][\w-]*(?:katu|tie|kuja|polku|väylä|raitti|kaari|penger|rinne|ranta|bulevardi|gatan|vägen|gränden|"
    r"stigen)"
)
# A home may be broken over two lines.
_HOME = re.compile(
    rf"{_STREET}\s{{1,3}}\d{{1,3}}(?!\d)\s{{0,3}}(?:[A-ZÅÄÖ]\s{{1,3}}|as\.?\s{{0,3}})\d{{1,3}}\b"
)
_ADDRESS = re.compile(rf"{_STREET} \d{{1,3}}(?!\d)(?![.,]?\d|[.] ?\d)(?: ?[a-zA-Z]\b)?")
# A digit and a mark before it make a number part of a date, a case number or a figure with thousands.
_ALONE = r"(?<!\w)(?<!\d[.,/ \u00a0-])(?!\d{7}-\d(?!\d))"
_PHONES = (
    re.compile(
        r"(?i:(?<=puh\.)|(?<=puh)|(?<=puhelin)|(?<=gsm)|(?<=tel\.)|(?<=tel))[.:]?\s*(\+?\(?\d[\d ()–-]{3,}\d)"
    ),
    re.compile(r"(?<![\w.])((?:\+|00)\s?358[\s-]?(?:\(0\)[\s-]?)?\d{1,3}(?:[\s–-]?\d){5,9})(?!\d)"),
    re.compile(_ALONE + r"(358(?:4\d|50)\d{6,8})(?!\d)"),
    re.compile(_ALONE + r"(\(?0(?:4\d{1,2}|50\d?)\)?[\s–./-]?\d(?:[ \u00a0.–-]?\d){4,7})(?!\d)"),
    re.compile(
        _ALONE + r"(\(?0(?:2|3|5|6|8|9|1[03-9]|20|29|30|7[135]|[12368]00)\)?[ \u00a0–-]"
        r"\d{3,4}(?:[ \u00a0–-]?\d{2,4}){1,2})(?![\d.]*\d)"
    ),
)


def sure_hits(text: str) -> list[Hit]:
    """What can only be personal data, whatever stands around it."""
    codes = [Hit(*match.span(), IDENTITY) for match in _IDENTITY_CODE.finditer(text)]
    emails = [Hit(*match.span(), EMAIL) for pattern in _EMAILS for match in pattern.finditer(text)]
    accounts = [Hit(start, end, ACCOUNT) for start, end in _accounts(text)]
    homes = [Hit(*match.span(), ADDRESS) for match in _HOME.finditer(text)]
    phones = [Hit(*match.span(1), PHONE) for pattern in _PHONES for match in pattern.finditer(text)]
    return apart([*codes, *emails, *accounts, *homes, *phones])


def possible_hits(text: str) -> list[Hit]:
    """What may be personal data: an account with a wrong check digit, a street address, the plate of a car."""
    accounts = [Hit(*match.span(), ACCOUNT) for match in _FINNISH_IBAN.finditer(text)]
    addresses = [Hit(*match.span(), ADDRESS) for match in _ADDRESS.finditer(text)]
    plates = [Hit(*match.span(), IDENTITY) for match in _CAR_PLATE.finditer(text)]
    return apart([*accounts, *addresses, *plates])


def apart(hits: Iterable[Hit]) -> list[Hit]:
    """The hits in order without those that overlap an earlier, longer one."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    """The account numbers (IBAN) whose check digits are right, in any spacing."""
    for pattern in (_FINNISH_IBAN, _IBAN):
        for match in pattern.finditer(text):
            end = match.end()
            # The pattern may have run on into the words that follow.
            while end - match.start() >= 15 and not _is_account(text[match.start() : end]):
                end -= 1
            if end - match.start() >= 15:
                yield match.start(), end


def _is_account(words: str) -> bool:
    """Whether the check digits of an IBAN are right (ISO 13616)."""
    plain = re.sub(r"[^A-Z0-9]", "", words.upper())
    moved = plain[4:] + plain[:4]
    return len(plain) >= 15 and int("".join(str(int(character, 36)) for character in moved)) % 97 == 1
