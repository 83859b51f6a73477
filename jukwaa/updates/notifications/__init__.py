"""News of what the apps below do: each module registers its own."""

from jukwaa.updates.notifications import comments, members, safeguards
