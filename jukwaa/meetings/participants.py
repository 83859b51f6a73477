"""Whom meetings are for: the members of the coalition, in their own right or for an organisation."""

from jukwaa.updates.recipients import find_members

__all__ = ["find_members"]
