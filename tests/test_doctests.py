"""Every example in a docstring gives what it says."""

import doctest
import pkgutil
from importlib import import_module

import pytest

from hytegraph import graph, loaders, server

LEAST = 25


def examples() -> list[doctest.DocTest]:
    """The docstrings with examples of every module, without importing what runs when it is imported."""
    found = []
    for package in (graph, loaders, server):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                found += [
                    test for test in doctest.DocTestFinder().find(import_module(module.name)) if test.examples
                ]
    return found


EXAMPLES = examples()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_gives_what_it_says(example: doctest.DocTest) -> None:
    assert doctest.DocTestRunner().run(example).failed == 0


def test_the_examples_are_found() -> None:
    assert len(EXAMPLES) >= LEAST
