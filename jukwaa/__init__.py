"""Jukwaa: a self-hosted home for coalitions."""

__version__ = "0.1.0"
