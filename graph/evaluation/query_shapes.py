"""The shape of a query: its text without values, by which a query is like another."""

import re

# Each begins with one of the first characters, to which the search leaps.
_VALUES = re.compile(
    r"""
      [<"'\#0-9] (?:
        (?<=<) [^<>"{}|^`\\\s]* > | (?<=") [^"\n]* " | (?<=') [^'\n]* ' | (?<=\#) [^\n]*
      | (?<=[0-9]) (?<!\w[0-9]) [0-9]* (?!\w)
      )
    """,
    re.VERBOSE,
)


def shape_of(text: str) -> str:
    """The text of a query without its values: IRIs, quoted texts, numbers, comments.

    >>> shape_of('SELECT ?s { ?s a <urn:x> ; ?p "a" } LIMIT 5 # one')
    'SELECT ?s { ?s a  ; ?p  } LIMIT  '
    """
    return _VALUES.sub("", text)
