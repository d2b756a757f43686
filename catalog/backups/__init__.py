"""The whole database in one file that knows what it is, and back again without a half-way state."""
