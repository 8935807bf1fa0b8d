"""Links between the elements of successive periods."""
