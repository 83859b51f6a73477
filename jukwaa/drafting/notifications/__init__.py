"""News of this app, by what they tell of: each module registers its own."""

from jukwaa.drafting.notifications import calls, consultations, dispositions
