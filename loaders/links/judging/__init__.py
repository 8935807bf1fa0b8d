"""What people think of links: opinions, who holds them, what follows from them, and how far two readers agree."""
