"""Query texts: what may be asked, values put in, the named queries."""
