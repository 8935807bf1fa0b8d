"""A statement of a trace as one line of text, for where there is no page."""

from hytegraph.server.pages.trace.statements import MISSING, How, Statement
from hytegraph.server.text.messages import TEXTS, Language, translate

_MOST_PASSAGES = 2
_ACCEPTED = "mark.accepted"


def line_of(statement: Statement, language: Language, accepted: str = _ACCEPTED) -> str:
    """What is said and, in parentheses, how it is known and on which lines; a break says that nothing is found.

    `accepted` is the key of the text for what a reviewer has accepted.
    """
    if statement.step == "pairing":
        words = translate(f"trace.pairing.{statement.link.text or 'none'}", language)
    elif statement.how.basis == MISSING:
        return _break(statement, language)
    else:
        words = f"{_step(statement, language)}: {statement.link.text or _none(statement, language)}"
    known = "; ".join(_known(statement.how, language, accepted))
    return f"{words} ({known})" if known and statement.how.basis != MISSING else words


def _step(statement: Statement, language: Language) -> str:
    kind = next((each.link.text for each in statement.also if each.step == "kind"), "")
    if kind:
        return kind
    key = "trace.samein" if statement.relation == "continues" else f"trace.{statement.step}"
    return translate(key, language) if key in TEXTS else statement.step


def _none(statement: Statement, language: Language) -> str:
    """What stands in place of the other end of a claim that has none."""
    return translate(f"trace.{statement.step}.none", language)


def _break(statement: Statement, language: Language) -> str:
    for key in (f"trace.state.{statement.relation}", f"trace.break.{statement.step}"):
        if key in TEXTS:
            return translate(key, language)
    return f"{_step(statement, language)}: {translate('mark.missing', language)}"


def _known(how: How, language: Language, accepted: str) -> list[str]:
    mark = accepted if how.mark == _ACCEPTED else how.mark
    words = [translate(mark, language).lower()] if mark else []
    if how.certainty == "ambiguous":
        words.append(translate("certainty.ambiguous", language).lower())
    if how.confidence:
        words.append(translate("trace.confidence", language, n=how.confidence))
    if how.words:
        words.append(f"{translate('trace.words', language)}: {', '.join(how.words)}")
    words += [passage.place for passage in how.evidence[:_MOST_PASSAGES]]
    if len(how.evidence) > _MOST_PASSAGES:
        words.append(translate("trace.morelines", language, n=len(how.evidence) - _MOST_PASSAGES))
    return words
