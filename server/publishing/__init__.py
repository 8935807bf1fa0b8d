"""The files of a published release, as any web server offers them: data, tables, descriptions and their checksums."""
