"""Whom meetings are for: the members of the coalition, in their own right or for an organisation."""

from jukwaa.updates.recipients import count_members_wanting, find_members, members_of

__all__ = ["count_members_wanting", "find_members", "members_of"]
