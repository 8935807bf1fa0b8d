"""What the errors say."""

import pytest

from hytegraph.graph.errors import UnknownNameError


@pytest.mark.parametrize(
    "most, names", [(None, "a, b, c"), (3, "a, b, c"), (2, "a, b and 1 more"), (1, "a and 2 more")]
)
def test_the_names_that_there_are_are_told_and_those_left_out_are_counted(
    most: int | None, names: str
) -> None:
    error = UnknownNameError("town", "x", ["c", "a", "b"], most=most)

    assert str(error) == f"no town is called 'x'; there are: {names}"
    assert error.known == ("a", "b", "c")
