"""Which topics a work is on, by rules that are data; usable without Django."""
