"""Safeguards at every door where people's text or files enter. Pure functions: they read, and change nothing.

`screen` warns the writer of words that could identify someone, and `screen_text_for_reviewers` shows a second reader more
of them, names and places too; both warn and never certify.
`looks_like_disclosure` and `looks_like_abuse_material` say what must go no further than the safeguarding lead.
"""

from jukwaa.core.safeguards.abuse_material import looks_like_abuse_material
from jukwaa.core.safeguards.disclosure import looks_like_disclosure
from jukwaa.core.safeguards.names_in_roles import find_names_in_role
from jukwaa.core.safeguards.screen import (
    SafeguardHit,
    join_overlapping_hits,
    screen_text_for_reviewers,
    screen_text_for_signs,
    split_at_hits,
)
