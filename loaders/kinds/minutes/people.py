"""Lines of minutes that name who prepared, presented or answers: the posts stay, persons are removed before."""

import re

from hytegraph.graph.markers import MARKER
from hytegraph.loaders.kinds.minutes.labels import POST, is_post

_BULLET = re.compile(r"\s*[•·▪*–-]\s+")
_ADDRESSEE = re.compile(r"(?:puh(?:elin)?|tel|gsm|s-posti|sähköposti|e-post|tfn)\b\.?:?", re.IGNORECASE)
_BETWEEN = re.compile(rf"{MARKER.pattern}|[,;:()\n|/]|\s[–-]\s|\d{{1,2}}\.\d{{1,2}}\.\d{{4}}")
_NAME_AFTER = re.compile(rf"((?i:{POST}))\s+[A-ZÄÖÅ].*", re.DOTALL)
_SAYS = re.compile(
    r"\b(?:on|ovat|oli|esitteli|esittelee|esitti|ehdotti|har|är|föreslog|föreslår|presenterar)\b"
)
_SPEAKER = re.compile(
    rf"(?P<post>[^:.]{{3,80}}?)\s*(?P<name>(?:{MARKER.pattern})?)\s*(?:\d[\d.]+\d{{4}})?\s*:"
)
_LONGEST, _FEW_WORDS = 160, 8


def names_people(line: str, *, is_first: bool) -> bool:
    """Whether a line under a label of people names one, and is no sentence."""
    words = _BULLET.sub("", line).strip()
    if len(words) > _LONGEST or _SAYS.search(words):
        return False
    if MARKER.search(words):
        return not (words.endswith(".") and len(MARKER.sub("", words).split()) > _FEW_WORDS)
    few = len(words.split()) <= _FEW_WORDS and not words.endswith(".")
    return few and (is_first or is_post(words) or bool(_BULLET.match(line)))


def introduces(line: str) -> bool:
    """Whether a line that has no label only names a post and a person, as `Toimialajohtaja [nimi poistettu]:` does."""
    is_short = len(line.split()) <= _FEW_WORDS + 4 and line.rstrip().endswith((":", "]", ","))
    is_named = bool(MARKER.search(line) or _NAME_AFTER.search(line))
    return is_short and is_named and bool(posts_in(line)) and not _SAYS.search(line)


def posts_in(line: str) -> list[str]:
    """The posts that a line names, without persons, phone numbers and addresses.

    >>> posts_in("• [nimi poistettu], hyvinvointikoordinaattori, puh. [puhelin poistettu]")
    ['hyvinvointikoordinaattori']
    """
    pieces = [_BULLET.sub("", piece).strip(" .,\t") for piece in _BETWEEN.split(line)]
    pieces = [" ".join(piece.split()) for piece in pieces if piece and not _ADDRESSEE.fullmatch(piece)]
    # What a person has yet to judge as a name is no part of the post.
    posts = [_NAME_AFTER.sub(r"\1", piece) for piece in pieces if is_post(piece)]
    return posts or ([pieces[0]] if pieces[:1] and pieces[0] and MARKER.search(line) else [])


def speaker_of(line: str) -> tuple[str, bool, str]:
    """The post before a colon that a proposal begins with, whether a name stood there, and the rest of the line.

    >>> speaker_of("Kaupunginjohtaja [nimi poistettu]: Suunnitelma hyväksytään.")
    ('Kaupunginjohtaja', True, 'Suunnitelma hyväksytään.')
    """
    match = _SPEAKER.match(line)
    post = _NAME_AFTER.sub(r"\1", " ".join(match["post"].split()).rstrip(",")) if match else ""
    if not match or not is_post(post) or _SAYS.search(post):
        return "", False, line
    return post, bool(match["name"]) or post != " ".join(match["post"].split()), line[match.end() :].lstrip()
