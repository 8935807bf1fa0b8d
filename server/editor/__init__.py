"""The query editor of the page `/sparql`: its JavaScript, and what builds that from npm by the lock file."""
