"""What rehearse.py puts together: the parts of the arrangement, its people, and the table."""
