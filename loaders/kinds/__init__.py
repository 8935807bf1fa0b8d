"""The kinds of documents: each module recognises one kind by its content and reads it into tables."""

from hytegraph.graph.errors import DocumentError, Reason
from hytegraph.loaders.documents.document import SourceText
from hytegraph.loaders.kinds.action_plan import ACTION_PLAN
from hytegraph.loaders.kinds.any_plan import ANY_BUDGET, ANY_PLAN, ANY_REPORT, ANY_STRATEGY
from hytegraph.loaders.kinds.interim_report.interim_report import INTERIM_REPORT
from hytegraph.loaders.kinds.kind import Kind
from hytegraph.loaders.kinds.minutes.minutes import MINUTES
from hytegraph.loaders.kinds.realisation_report import REALISATION_REPORT
from hytegraph.loaders.kinds.template import TEMPLATE

KINDS = {
    kind.name: kind
    for kind in (
        ACTION_PLAN,
        REALISATION_REPORT,
        TEMPLATE,
        MINUTES,
        INTERIM_REPORT,
        ANY_PLAN,
        ANY_STRATEGY,
        ANY_REPORT,
        ANY_BUDGET,
    )
}


def recognise(document: SourceText) -> Kind:
    """The kind of a document, from its content; raises DocumentError when no kind fits."""
    for kind in KINDS.values():
        if kind.matches(document):
            return kind
    raise DocumentError(
        document.name, Reason("the content fits no known kind of document ({kinds})", kinds=", ".join(KINDS))
    )
