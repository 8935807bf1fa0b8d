"""Under which aim, priority and goal a table or a list stands: by the headings above it and its full-width rows."""

import re
from dataclasses import dataclass, field

from hytegraph.loaders.profile.cells import Words, split_number
from hytegraph.loaders.profile.headings import roles_of

CONTEXT_ROLES = ("sector", "aim", "priority", "goal", "targetGroup")
_HEAD = re.compile(
    r"(?P<label>[^\W\d][^\d:.]{2,60}?)(?:\s+(?P<number>[IVX]{1,4}\b|\d{1,3}(?:\.\d{1,3})*|[A-Z]\b))?"
    r"\s*[.:–—-]+\s+(?P<words>\S.*)"
)
_COUNT = re.compile(r"^\s*(?:\d{1,3}(?:\.\d{1,3})*|[IVX]{1,4})[.)]?\s+")
_NUMBERED = re.compile(
    r"(?P<label>[^\W\d]\S*(?: [^\W\d]\S*){0,3}?)\s+(?P<number>\d{1,3}(?:\.\d{1,3})*|[IVX]{1,4})\.?"
    r"\s+(?P<words>[^\W\d].*)"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a heading names: its role ('' where the heading does not say it), its number and its words."""

    role: str
    number: str
    words: Words

    @property
    def number_words(self) -> Words | None:
        """A number such as 1.2 with its line; None where there is none, or one that only counts headings."""
        return Words(self.number, self.words.lines[:1]) if "." in self.number else None


def named_by(words: Words) -> Named:
    """The aim, priority or goal of a heading such as "Painopiste 1: Lasten hyvinvointi"."""
    number, rest = split_number(words)
    bare = Words(_COUNT.sub("", words.text), words.lines)
    for text in (words, rest, bare):
        for form in (_HEAD, _NUMBERED):
            match = form.fullmatch(text.text)
            role = (
                next((role for role in roles_of(match["label"]) if role in CONTEXT_ROLES), "")
                if match
                else ""
            )
            if match and role:
                return Named(role, match["number"] or number, Words(match["words"].strip(), words.lines))
    return Named("", number, rest)


@dataclass(slots=True)
class Context:
    """The aim, priority and goal that hold at a place of the document; a higher one ends those below it."""

    held: dict[str, list[Words]] = field(default_factory=dict)
    numbers: dict[str, Words] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)

    def put(self, role: str, words: list[Words], level: int = 0, *, number: Words | None = None) -> None:
        """What now holds for a role: it ends what stood below it."""
        for other in CONTEXT_ROLES[CONTEXT_ROLES.index(role) :] if role != "targetGroup" else (role,):
            self.held.pop(other, None)
            self.levels.pop(other, None)
            self.numbers.pop(other, None)
        self.held[role] = words
        if number:
            self.numbers[role] = number
        if level:
            self.levels[role] = level

    def leave(self, level: int) -> None:
        """A heading of a level ends what headings of that level and lower ones named."""
        for role in [role for role, at in self.levels.items() if at >= level]:
            self.held.pop(role, None)
            self.levels.pop(role)
            self.numbers.pop(role, None)

    def copy(self) -> "Context":
        """The same, for rows that name nothing for those below them."""
        return Context(dict(self.held), dict(self.numbers), dict(self.levels))
