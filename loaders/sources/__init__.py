"""Files of any form that a municipality publishes, read into the text of a document."""
