"""The data of a release in each format, from the sorted lines of its file, and their sizes and checksums."""
