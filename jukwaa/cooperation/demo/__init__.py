"""Cooperation in the demo: offers and needs, then joint work."""

from jukwaa.cooperation.demo import help, work  # noqa: A004 - named after its data
