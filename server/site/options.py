"""What a publisher says of a site."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """Where the site will stand, ending in a slash; a running service that its pages lead to; how many processes."""

    address: str
    service: str = ""
    jobs: int = 0
