from dataclasses import dataclass
from pathlib import Path

import pytest

from hytegraph.graph.store.dataset import Dataset
from hytegraph.server.cli.release_settings import settings_for_release
from hytegraph.server.site.making import Site, make_site
from hytegraph.server.site.options import SiteOptions
from tests.publishing import Row

ROOT = "/hyte/"
ADDRESS = f"https://www.mallila.example{ROOT}"


@dataclass(frozen=True, slots=True)
class Made:
    """A site of a small town: the folder, what was said of it, and the release."""

    out: Path
    site: Site
    release: Path


def make(release: Path, out: Path, *, service: str = "", jobs: int = 2) -> Site:
    settings = settings_for_release({}, {"release": str(release)})
    options = SiteOptions(ADDRESS, service, jobs)
    return make_site(settings, Dataset.open(release), out, options, lambda done, known: None)


@pytest.fixture(scope="session")
def made(row: Row, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The site of a town; not to be written to."""
    out = tmp_path_factory.mktemp("web") / "hyte"
    return Made(out, make(row.second, out), row.second)
