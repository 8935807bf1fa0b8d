"""The arguments and options of every command."""

import argparse
from importlib.metadata import version

from hytegraph.server.settings import SETTINGS

EXIT_CODES = """exit codes:
  0  done
  1  done, and there is something to look at: a violation, unexplained lines, nothing found
  2  not done: a usage error or input that cannot be used (one sentence on standard error)
  130  interrupted"""
FORMATS = ("turtle", "ntriples", "trig", "nquads", "jsonld", "rdfxml")


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(
        prog="hytegraph",
        description="Municipal strategies and wellbeing plans as linked data.",
        epilog=EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"hytegraph {version('hytegraph')}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _loading(commands)
    _asking(commands)
    _serving(commands)
    return top


def _loading(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    extract = commands.add_parser("extract", help="read documents into reviewable tables")
    extract.add_argument("files", nargs="+", metavar="FILE", help="text of a document, UTF-8")
    extract.add_argument("-o", "--out", required=True, metavar="DIR", help="document folder to write")
    extract.add_argument("--town", metavar="NAME", help="municipality of the documents (that of the folder)")
    extract.add_argument("--municipality", metavar="CODE", help="its code, three digits (that of the folder)")

    coverage = commands.add_parser("coverage", help="how many lines of each document the tables explain")
    coverage.add_argument("folders", nargs="*", metavar="DIR", help="document folders (the Kemi documents)")
    coverage.add_argument(
        "--words", action="store_true", help="also list words on read lines that no cell holds"
    )

    _linking(commands)

    build = commands.add_parser("build", help="make a validated release from document folders")
    build.add_argument("folders", nargs="*", metavar="DIR", help="document folders (the Kemi documents)")
    build.add_argument("--out", metavar="RELEASE", help="where the release goes (build/release)")
    build.add_argument("--base", help="base IRI of the things in the graph; ends in a slash")
    build.add_argument("--force", action="store_true", help="build even when nothing has changed")

    validate = commands.add_parser("validate", help="validate a release or any RDF file by shapes and checks")
    validate.add_argument(
        "source", nargs="?", metavar="RELEASE|FILE", help="what to validate (build/release)"
    )
    validate.add_argument(
        "--shapes",
        nargs="+",
        metavar="FILE",
        help="other SHACL shapes, in any RDF format (those of hytegraph)",
    )
    validate.add_argument(
        "--expected", metavar="FILE", help="CSV of findings that are known and kept (that of the release)"
    )
    validate.add_argument("--format", choices=("text", "json", "csv", "turtle"), default="text")
    validate.add_argument(
        "--language", choices=("fi", "sv", "en"), default="en", help="language of the report"
    )
    validate.add_argument(
        "--engine",
        choices=("shacl", "pyshacl"),
        default="",
        help="SHACL engine (shacl; pyshacl for --shapes)",
    )

    reason = commands.add_parser(
        "reason", help="what the rules derive; with --check, prove it by two reasoners"
    )
    reason.add_argument(
        "source", nargs="?", metavar="RELEASE|FILE", help="what to reason about (build/release)"
    )
    reason.add_argument(
        "--check",
        action="store_true",
        help="prove the ontology, and RELEASE if it is named, by owlrl and HermiT (needs Java)",
    )
    reason.add_argument(
        "--language", choices=("fi", "sv", "en"), default="en", help="language of the descriptions"
    )


def _linking(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    suggest = commands.add_parser("suggest", help="suggest links that no document states, for review")
    suggest.add_argument("folders", nargs="*", metavar="DIR", help="document folders (the Kemi documents)")
    suggest.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    suggest.add_argument("--all", action="store_true", help="also list every suggestion that is new")

    review = commands.add_parser("review", help="what links wait for review, and what is wrong with them")
    review.add_argument("folders", nargs="*", metavar="DIR", help="document folders (the Kemi documents)")
    review.add_argument(
        "--limit", type=int, default=20, metavar="N", help="how many waiting links to list (20)"
    )


def _asking(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    query = commands.add_parser("query", help="run a named query; without a name, list them")
    query.add_argument("name", nargs="?", metavar="NAME")
    query.add_argument("--release", metavar="RELEASE|FILE", help="what to ask (build/release)")
    query.add_argument(
        "--param", action="append", default=[], metavar="NAME=VALUE", help="value of a parameter"
    )
    query.add_argument("--format", choices=("csv", "json", "ttl"), default="csv")

    trace = commands.add_parser("trace", help="trace a measure to its goal, aim, plan and source")
    trace.add_argument("words", nargs="+", metavar="WORDS", help="words of the measure's text, or its IRI")
    trace.add_argument("--release", metavar="RELEASE|FILE", help="what to ask (build/release)")

    export = commands.add_parser("export", help="write the graph, or one named graph of it")
    export.add_argument("--format", choices=FORMATS, default="turtle")
    export.add_argument("--release", metavar="RELEASE|FILE", help="what to write (build/release)")
    export.add_argument("--graph", metavar="NAME", help="a named graph: its IRI or the end of it")
    export.add_argument("-o", "--out", metavar="FILE", help="file to write (standard output)")


def _serving(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = commands.add_parser("serve", help="serve a release or an RDF file: SPARQL endpoint and pages")
    serve.add_argument("release", nargs="?", metavar="RELEASE|FILE", help="what to serve (build/release)")
    for setting in SETTINGS:
        if setting.name != "release":
            kind = int if isinstance(setting.default, int) else str
            serve.add_argument(setting.option, type=kind, help=f"{setting.help} ({setting.default})")

    push = commands.add_parser("push", help="write a release to a SPARQL store and verify it there")
    push.add_argument("store", metavar="URL", help="query address of the store")
    push.add_argument("--release", metavar="RELEASE|FILE", help="what to write (build/release)")
    for name in ("update_store", "graph_store", "store_timeout", "base"):
        setting = next(each for each in SETTINGS if each.name == name)
        kind = int if isinstance(setting.default, int) else str
        push.add_argument(setting.option, type=kind, help=setting.help)
