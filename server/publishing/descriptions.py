"""What describes the files: DCAT-AP, VoID, schema.org, DataCite, citation, changes and the feed of releases."""

import json
from collections.abc import Mapping
from typing import Any

import yaml

from hytegraph.graph.formats import JSON_LD, TURTLE
from hytegraph.graph.releases.row import Published, row_of
from hytegraph.graph.releases.summary import FILE as CHANGES
from hytegraph.graph.releases.summary import read_summary
from hytegraph.graph.store.release import MANIFEST
from hytegraph.graph.writing.serialise import serialise_triples
from hytegraph.server.catalogue.about import About
from hytegraph.server.catalogue.citing import citation_file, datacite
from hytegraph.server.catalogue.dcat import dcat_catalogue
from hytegraph.server.catalogue.schema_org import schema_of_dataset
from hytegraph.server.catalogue.void import void_description
from hytegraph.server.pages.releases.feed import feed_of_releases
from hytegraph.server.pages.releases.formats import turtle_lines
from hytegraph.server.publishing.folder import OutFolder
from hytegraph.server.publishing.readme import readme


def write_descriptions(out: OutFolder, release: Published, about: About) -> None:
    """Write all descriptions of a release."""
    catalogue = dcat_catalogue(about)
    for syntax in (TURTLE, JSON_LD):
        out.write(f"catalog.{syntax.extension}", serialise_triples(catalogue, syntax))
    out.write(".well-known/void.ttl", serialise_triples(void_description(about), TURTLE))
    out.write("dataset.schema.json", _json(schema_of_dataset(about)))
    out.write("datacite.json", _json(datacite(about)))
    text = yaml.safe_dump(dict(citation_file(about)), allow_unicode=True, sort_keys=False, width=1000)
    out.write("CITATION.cff", text.encode())
    out.write("README.md", readme(release, about))
    out.copy(MANIFEST, release.folder / MANIFEST)
    row = row_of(release.folder)
    entries = [(one, read_summary(one.folder)) for one in row]
    out.write("releases.atom", feed_of_releases(entries, about.root, about.publisher, "fi").encode())
    for one, summary in entries:
        if one.version != release.version:
            # The addresses of older releases stay.
            out.copy(f"dumps/{one.name}/hytegraph.nq", one.data)
        if summary:
            out.copy(f"changes/{one.version}/{CHANGES}", one.folder / CHANGES)
            text = "".join(turtle_lines(summary.listed))
            out.write(f"changes/{one.version}.ttl", text.encode())


def _json(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
