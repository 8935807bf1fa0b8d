"""What is wrong with the data: shapes and checks in one report."""
