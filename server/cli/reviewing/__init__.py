"""The local page on which a person judges suggested links."""
