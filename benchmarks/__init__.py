"""Data, servers and questions for measuring hytegraph beside other servers."""
