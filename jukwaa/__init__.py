"""Jukwaa: a self-hosted home for coalitions."""

__version__ = "0.10.0"  # the one place: the package, the command line, the About page and backups read it here
