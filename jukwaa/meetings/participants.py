"""Whom meetings are for: the members of the coalition, in their own right or for an organisation."""

from jukwaa.updates.recipients import count_members_wanting, filter_people_with_seat, find_people_with_seat

__all__ = ["count_members_wanting", "filter_people_with_seat", "find_people_with_seat"]
