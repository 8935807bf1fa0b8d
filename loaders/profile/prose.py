"""Reads a plan written as prose: headings, bullets that are measures, and labels such as "Vastuu:"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from hytegraph.graph.finnish.folding import HYPHENS
from hytegraph.loaders.documents.blocks import HEADING, ITEM, PARAGRAPH, Placed
from hytegraph.loaders.profile.cells import Words, split_parties
from hytegraph.loaders.profile.context import CONTEXT_ROLES, Context, named_by
from hytegraph.loaders.profile.headings import group_of, labelled, parts_of_labels, roles_of
from hytegraph.loaders.profile.rows import Entry
from hytegraph.loaders.profile.words.joined_cells import with_party_in_bracket
from hytegraph.loaders.profile.words.values import ValueReader, fill_from, with_numbers

# Headings that name a part of the document and nothing of its plan.
_PART = re.compile(
    r"\W*(?:[\d.]+\s+)?(?:taulukko|tabell|liite|bilaga|kuva|kuvio|johdanto|inledning|yhteenveto|sammandrag|tiivistelmä"
    r"|sisällys|innehåll|lähteet|källor|toimenpideohjelma|toimenpidesuunnitelma|toimintasuunnitelma|handlingsplan"
    r"|åtgärdsprogram|åtgärdsplan|hyvinvointisuunnitelma|hyvinvointikertomus|välfärdsplan|välfärdsberättelse"
    r"|seuranta ja arviointi|värien selitys|merkkien selitys|selitteet?"
    r"|teckenförklaring\w*|yhteystiedot|kontaktuppgifter|taustaa?|bakgrund|aikataulu|hinnasto|talous)\b.*",
    re.IGNORECASE | re.DOTALL,
)


_LABELLED = re.compile(r"[^:]{2,40}:\s.*", re.DOTALL)


def may_head(text: str) -> bool:
    """Whether words without a label may name what stands below them: no sentence, no part such as "Johdanto"."""
    return (
        len(text) <= 120
        and not text.endswith(".")
        and not (_LABELLED.fullmatch(text) or _PART.fullmatch(text))
    )


def continued(blocks: Sequence[Placed]) -> Iterator[tuple[Placed, list[Placed]]]:
    """Each block with the paragraphs that go on with it: the lines of a list's item that a page has broken."""
    group: list[Placed] = []
    for placed in blocks:
        if group and _goes_on(group[-1], placed, group[0]):
            group.append(placed)
            continue
        if group:
            yield group[0], group[1:]
        group = [placed]
    if group:
        yield group[0], group[1:]


def _goes_on(above: Placed, placed: Placed, first: Placed) -> bool:
    begins, ends = placed.block.text.lstrip()[:1], above.block.text.rstrip()[-1:]
    is_broken = begins.islower() or ends in ",:" or ends in HYPHENS
    return first.block.kind == ITEM and placed.block.kind == PARAGRAPH and placed.block.page > 0 and is_broken


@dataclass(slots=True)
class ProseReader:
    """Reads the blocks outside tables; `context` is what tables below them stand under.

    A list is of the role that the words above it name: "Toimenpiteet:". Labels below a measure belong to it, labels
    below a list to each measure of the list that has none of that role.
    """

    values: ValueReader
    context: Context
    section: str = ""
    level: int = 0
    entries: list[Entry] = field(default_factory=list)
    has_title: bool = False
    sectors: bool = False
    is_below_aim: bool = False
    own_labels: set[str] = field(default_factory=set)

    def read(self, placed: Placed, further: Sequence[Placed] = ()) -> Iterator[Entry]:
        """Take in a block, and those that go on with it; the entries that it has closed."""
        numbered = [line for block in (placed, *further) for line in self.values.cells.numbered_lines(block)]
        words = self.values.cells.words(numbered)
        if not words:
            return
        if placed.block.kind == HEADING:
            yield from self.close()
            self._heading(words, placed.block.level or 1)
        elif placed.block.kind == ITEM:
            self._item(words, placed.block.level)
        elif ":" not in words.text.rstrip(" :") and (roles := roles_of(words.text)):
            yield from self._label_alone(roles)
        else:
            yield from self._paragraph(words)

    def close(self) -> Iterator[Entry]:
        """The entries read so far, each with what it stands under."""
        entries, self.entries, self.own_labels = self.entries, [], set()
        for entry in entries:
            if entry.measures or not entry.is_empty:
                local = self.context.copy()
                fill_from(entry, local)
                yield from with_numbers(entry)

    def _heading(self, words: Words, level: int) -> None:
        self.context.leave(level)
        self.section, self.level = "", 0
        named, roles = named_by(words), roles_of(named_by(words).words.text)
        if named.role:
            self.context.put(named.role, [named.words], level, number=named.number_words)
            self.section = "measure" if named.role == "goal" else ""
            self.is_below_aim = named.role == "aim"
        elif roles:
            self.section = roles[0]
        elif self.has_title and may_head(words.text):
            # Below the heading of an aim that has a label stands a goal.
            above = self.context.levels.get("aim", 9) < level and self.is_below_aim
            role = (
                "goal"
                if above
                else "sector"
                if self.sectors and group_of(words.text) == "sectorName"
                else "aim"
            )
            self.context.put(role, [named.words], level, number=named.number_words)
        self.has_title = True

    def _label_alone(self, roles: Sequence[str]) -> Iterator[Entry]:
        """A line such as "Toimenpiteet:" says what the list below it is of."""
        if roles[0] in ("measure", "goal") and self.section != roles[0]:
            yield from self.close()
        self.section, self.level = roles[0], 0

    def _paragraph(self, words: Words) -> Iterator[Entry]:
        roles, _ = labelled(words.text)
        named = named_by(words)
        if named.role and (not roles or roles[0] in CONTEXT_ROLES):
            yield from self.close()
            self.context.put(named.role, [named.words], number=named.number_words)
            self.section = "measure" if named.role == "goal" else self.section
            return
        for part_roles, text in parts_of_labels(words.text):
            if part_roles and part_roles[0] == "measure" and text:
                self.entries.append(Entry(measures=[replace(words, text=text)]))
            elif part_roles and text:
                self._attribute(
                    part_roles[0], replace(words, text=text), whole_list=part_roles[0] not in self.own_labels
                )

    def _item(self, words: Words, level: int) -> None:
        parts = [(roles, text) for roles, text in parts_of_labels(words.text) if text]
        if not parts:
            return
        self.own_labels |= {role for roles, _ in parts for role in roles}
        head_roles, head = parts[0]
        is_measure = self.section == "measure" or (not self.section and len(parts) > 1)
        if head_roles[:1] == ("measure",) or (not head_roles and is_measure):
            measure, parties = with_party_in_bracket(
                replace(words, text=head.rstrip(" ;")), self.values.known
            )
            self.entries.append(Entry({"responsible": parties} if parties else {}, [measure]))
            self.level = self.level or level
            parts = parts[1:]
        elif not head_roles and self.section == "goal":
            self.context.put("goal", [replace(words, text=head)])
            parts = parts[1:]
        elif not head_roles and self.section in _ATTRIBUTES:
            self._attribute(self.section, replace(words, text=head), whole_list=True)
            parts = parts[1:]
        for roles, text in parts:
            if roles:
                self._attribute(roles[0], replace(words, text=text), whole_list=False)

    def _attribute(self, role: str, words: Words, *, whole_list: bool) -> None:
        if role not in _ATTRIBUTES or not self.entries:
            return
        words = replace(words, text=words.text.removesuffix("."))
        values = (
            list(split_parties(words, self.values.known)) if role in ("responsible", "partner") else [words]
        )
        if not whole_list:
            self.entries[-1].add(role, values)
            return
        for entry in self.entries:
            held = entry.cells.get(role, [])
            if not held or held[0].first > self.entries[-1].measures[0].lines[-1]:
                entry.add(role, values)


_ATTRIBUTES = (
    "responsible", "partner", "indicator", "baseline", "target", "schedule", "resource", "realisation", "status",
    "targetGroup",
)  # fmt: skip
