"""The language SPARQL: texts read, judged and completed before an engine gets them."""
