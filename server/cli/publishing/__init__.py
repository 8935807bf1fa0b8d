"""The commands by which a release is published and compared."""
