"""Minutes of governing bodies, in the forms of several municipalities, Finnish and Swedish."""
