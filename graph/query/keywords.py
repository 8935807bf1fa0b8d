"""Finds whether the keywords of SPARQL that reach outside could stand in a text, without parsing it.

IRIs, strings, comments, variables and local names are skipped, so `prov:wasDerivedFrom` and a literal with the word
hold no keyword. Each of these must be such for every reader of SPARQL. Where a text could be read in two ways (a `<`
that may be an operator, a backslash, a quotation mark without its pair) the answer is yes, and a parser has to judge.
"""

import re

# A `<` before a scheme and `//` opens an IRI: read as an operator, no grammar lets `//` follow. A name before the
# colon is not skipped, as `ASK FROM:x` needs no space; neither is a language tag.
_SKIPPED = re.compile(
    r"""
      "(?!"")(?:[^"\\\n]|\\.)*" | '(?!'')(?:[^'\\\n]|\\.)*'
    | <[A-Za-z][A-Za-z0-9+.-]*://[^<>"{}|^`\\\x00-\x20]*>
    | \#[^\n]*
    | [?$:][A-Za-z0-9_]+
    # What could open a string, an escape or a comment for one reader and not for another.
    | (?P<doubt> ["'\\] | <[^<>\s]*["'\#\\] )
    """,
    re.VERBOSE,
)
# IGNORECASE of Unicode knows the long s and the dotless i too.
_KEYWORD = re.compile("service|from|load", re.IGNORECASE)


def may_reach_outside(text: str) -> bool:
    r"""Whether SERVICE, FROM or LOAD could stand in a text whose code point escapes are decoded and lines end in LF.

    >>> may_reach_outside("SELECT * { ?from prov:wasDerivedFrom 'from' . <http://a.example/service> ?p ?o # load\n}")
    False
    >>> may_reach_outside("ASKFROM<http://a.example/>{}"), may_reach_outside("ASK { ?s a:b\\#' 'SERVICE }")
    (True, True)
    """
    if not _KEYWORD.search(text):
        return False
    # A doubt is left in place of what was skipped.
    left = _SKIPPED.sub(lambda skipped: " from " if skipped["doubt"] else " ", text)
    return _KEYWORD.search(left) is not None
