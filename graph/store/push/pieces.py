"""The data of a push in pieces of whole subjects, read one after another, so that memory does not grow with them."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from hytegraph.graph.errors import ReleaseError
from hytegraph.graph.sparql.binding import normal_quad, skolem
from hytegraph.graph.store.dataset import Dataset
from hytegraph.graph.store.loading import NOT_IN_DEFAULT_GRAPH
from hytegraph.graph.store.push.state import MERGED
from hytegraph.graph.store.release import DATA, checksum_of, read_release

PIECE_QUADS = 2000
# By the name of their graph.
Triples = dict[str, dict[Triple, None]]


@dataclass(frozen=True, slots=True)
class PushSource:
    """The quads to push, sorted by subject, how many they are, and a checksum by which a later push knows them."""

    digest: str
    size: int
    read: Callable[[], Iterable[Quad]]

    @classmethod
    def of(cls, path: Path, base: str) -> Self:
        """The data of a release, read from its file, or of an RDF file, held in memory.

        Raises ReleaseError for a release whose data are not those of its manifest.
        """
        if not path.is_dir():
            return cls.of_quads(Dataset.open(path).quads(), base)
        release, data = read_release(path), (path / DATA).resolve()
        if checksum_of(data) != release.checksum:
            raise ReleaseError(path, "data.nq is not the one of the manifest (checksum differs); build again")
        return cls(release.checksum, release.quads, lambda: parse(path=data, format=RdfFormat.N_QUADS))

    @classmethod
    def of_quads(cls, quads: Iterable[Quad], base: str) -> Self:
        """Quads in memory; their blank nodes get IRIs under the base at once, as the checksum is of them too."""
        lines = {str(plain): plain for plain in (skolem(quad, base) for quad in quads)}
        ordered = tuple(lines[line] for line in sorted(lines))
        digest = hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
        return cls(digest, len(ordered), lambda: ordered)

    def pieces(self, base: str) -> Iterator[Triples]:
        """The triples by graph, the merged default graph one of them; the same data give the same pieces.

        A triple that several graphs hold has one subject, so it is in one piece and merged there.
        """
        piece: Triples = {}
        count, subject = 0, None
        for quad in self.read():
            plain = normal_quad(skolem(quad, base))
            if count >= PIECE_QUADS and plain.subject != subject:
                yield piece
                piece, count = {}, 0
            name = plain.graph_name.value if isinstance(plain.graph_name, NamedNode) else base + MERGED
            piece.setdefault(name, {})[plain.triple] = None
            if not name.endswith(NOT_IN_DEFAULT_GRAPH):
                piece.setdefault(base + MERGED, {})[plain.triple] = None
            count, subject = count + 1, plain.subject
        if piece:
            yield piece
