"""News of this app, by what they tell of: each module registers its own."""

from jukwaa.regions.notifications import outreach, voices

__all__ = ["outreach", "voices"]
