"""Two editors at one entry: what others wrote while a form was open."""
