"""Safeguards at every door where people's text or files enter. Pure functions: they read, and change nothing.

`screen` warns the writer of words by which somebody could be found, and `look_closely` shows a second reader more of
them, names and places too; both warn and never certify.
`looks_like_disclosure` and `looks_like_material` say what must go no further than the safeguarding lead.
"""

from jukwaa.core.safeguards.disclosure import looks_like_disclosure
from jukwaa.core.safeguards.material import looks_like_material
from jukwaa.core.safeguards.roles import names_in_role
from jukwaa.core.safeguards.screen import Hit, join_hits, look_closely, marked, screen
