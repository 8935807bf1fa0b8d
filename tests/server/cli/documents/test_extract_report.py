"""What `extract` says of the tables that it has read."""

import pytest

from hytegraph.loaders.profile.headings import GROUPS, ROLES
from hytegraph.server.text.messages import LANGUAGES, Language, translate


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_of_a_column_has_a_name_of_its_own(language: Language) -> None:
    names = [translate(f"terminal.role.{role}", language) for role in (*ROLES, *GROUPS, "none")]
    assert len(set(names)) == len(names)
