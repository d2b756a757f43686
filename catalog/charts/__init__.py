"""Figures and pictures drawn on the server, as numbers; templates draw them."""
