"""The Django project: settings, addresses, server."""

__version__ = "0.1.0"
