"""How the Union is built, who belongs to it, what it does."""
