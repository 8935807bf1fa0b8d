"""Who is responsible for what."""
