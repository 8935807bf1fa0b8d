"""The tests, a package so that its conftest is told apart from those of the folders."""
