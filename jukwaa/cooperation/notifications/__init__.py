"""News of this app, by what they tell of: each module registers its own."""

from jukwaa.cooperation.notifications import joint_work, matches
