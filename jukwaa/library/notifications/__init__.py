"""News of this app, by what they tell of: each module registers its own."""

from jukwaa.library.notifications import items, reviews
