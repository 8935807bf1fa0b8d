"""What goes with a table that leaves the service: where it was read, of which data, and on what terms."""

from urllib.parse import urlencode

from flask import request

from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.dumps import release_name
from hytegraph.server.catalogue.rights import licence_name
from hytegraph.server.context import dataset, settings, summaries
from hytegraph.server.http.flask_exchange import root
from hytegraph.server.text.messages import Language, translate


def source_notes(language: Language) -> tuple[tuple[str, str], ...]:
    """The address, publisher, release, licence and the terms of the documents' words, each with its name."""
    about = About.of(dataset(), summaries(), settings(), root())
    pairs = [(key, value) for key, value in request.args.items(multi=True) if key not in ("format", "lang")]
    query = f"?{urlencode(pairs)}" if pairs else ""
    licence = about.licence
    texts = {
        "address": f"{root().rstrip('/')}{request.path.removesuffix('.xlsx')}{query}",
        "publisher": about.publisher,
        "release": release_name(dataset()),
        "licence": f"{licence_name(licence.value)} {licence.value}"
        if licence
        else translate("about.licence.unstated", language),
        "words": translate("about.licence.documents", language),
        "empty": translate("workbook.empty.text", language),
    }
    return tuple((translate(f"workbook.{name}", language), text) for name, text in texts.items())
