"""An error as one sentence in the reader's language."""

from hytegraph.graph.errors import HytegraphError, Reason
from hytegraph.graph.languages import Language


def refusal(error: HytegraphError, language: Language) -> str:
    """The error's sentence, with its reason in that language where the loaders give one that can be translated."""
    reason = getattr(error, "reason", None)
    if language == "en" or not isinstance(reason, Reason):
        return str(error)
    from hytegraph.server.text.messages import FORMS, translate

    if reason.template not in FORMS:
        return str(error)
    return str(error).replace(reason, translate(reason.template, language, **reason.values))
