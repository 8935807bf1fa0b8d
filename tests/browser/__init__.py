"""A package, so that its browser is closed after its last test and not after the last of all."""
