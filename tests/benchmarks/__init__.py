"""Measurements for people to read (`make bench`); none of them is a test."""
