"""The main menu: what people come for, and the pages that answer it.

A page that belongs to an entry is one line here. A page of things (`/trace/id/…`) belongs to the entry that names its
word in `words`.
"""

from dataclasses import dataclass

from hytegraph.server.pages.shared.scope import first_word


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page in the menu: its address, the key of its name, which is its title too, and what belongs to it.

    `pages` are the address and key of the name of the pages that are listed together with it, itself among them.
    """

    path: str
    name: str
    pages: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()

    def holds(self, word: str) -> bool:
        """Whether the page with that word of an address belongs to the entry."""
        return word in {first_word(self.path), *self.words, *(first_word(path) for path, _ in self.pages)}


FOLLOW_UP = MenuEntry(
    "/follow-up",
    "nav.follow",
    (
        ("/follow-up", "nav.follow"),
        ("/results", "nav.results"),
        ("/measures", "nav.measures"),
        ("/calendar", "nav.calendar"),
        ("/indicators", "nav.indicators"),
        ("/figures", "nav.figures"),
        ("/amendments", "nav.amendments"),
        ("/gaps", "nav.gaps"),
    ),
    ("summary",),
)
ENTRIES = (
    MenuEntry("/plans", "nav.plans", words=("tree", "trace")),
    FOLLOW_UP,
    MenuEntry("/responsibility", "nav.responsibility"),
    MenuEntry("/periods", "nav.periods"),
    MenuEntry("/decisions", "nav.decisions"),
    MenuEntry("/themes", "nav.themesAndSdg", (("/themes", "nav.themes"), ("/sdg", "nav.sdg"))),
    MenuEntry("/queries", "nav.queries", words=("query", "questions")),
    MenuEntry("/search", "nav.search"),
)


def menu_pages(word: str) -> tuple[tuple[str, str], ...]:
    """The pages that are listed together with the page of that word; none where it stands alone."""
    return next((entry.pages for entry in ENTRIES if entry.holds(word)), ())
