"""Whom meetings are for: the members of the coalition, in their own right or for an organisation."""

from jukwaa.updates.recipients import count_members_wanting, filter_members, find_members

__all__ = ["count_members_wanting", "filter_members", "find_members"]
