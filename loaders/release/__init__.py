"""The making of a release: units of folders become kept parts, and parts are merged."""
