"""An error as one sentence in the reader's language."""

from hytegraph.graph.errors import HytegraphError, Reason
from hytegraph.graph.languages import Language


def refusal(error: HytegraphError, language: Language) -> str:
    """The error's sentence, with its reason in that language where the loaders give one that can be translated."""
    reason = getattr(error, "reason", None)
    if language == "en" or not isinstance(reason, Reason):
        return str(error)
    return str(error).replace(reason, _in_language(reason, language))


def _in_language(reason: Reason, language: Language) -> str:
    from hytegraph.server.text.messages import FORMS, translate

    values = {
        name: _in_language(value, language) if isinstance(value, Reason) else value
        for name, value in reason.values.items()
    }
    return translate(reason.template, language, **values) if reason.template in FORMS else str(reason)
