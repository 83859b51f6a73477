"""The last look at names that are not public, before a button makes words public. See `coalitions.public_names`."""

import hashlib
from typing import Any

from django.http import HttpResponse

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.public_names import NamingWords
from jukwaa.core.http import render_page

SEEN_NAMES_FIELD = "names_seen"


def confirm_public_names(
    request: MemberRequest,
    found: list[NamingWords],
    *,
    template: str,
    context: dict[str, Any],
    for_members: bool = False,
) -> HttpResponse | None:
    """For `confirm` of `form_view`: show the names on the page once; None where there are none, or they were seen.

    Only those who keep the minutes are told which names are not public: they read the names of members anyway. Names
    that were found with `PublicNames.of_writer` may be shown to their writer: say so by `for_members`.

    The page includes `coalitions/public_names.html` in its form. It may show the names before the button is pressed,
    with `build_names_context`.
    """
    names = build_names_context(found)
    may_be_told = for_members or request.standing.is_rapporteur
    if not found or not may_be_told or request.POST.get(SEEN_NAMES_FIELD) == names[SEEN_NAMES_FIELD]:
        return None
    return render_page(request, template, context | names)


def build_names_context(found: list[NamingWords]) -> dict[str, Any]:
    """Return what `coalitions/public_names.html` shows, with a key by which the next press knows what was shown."""
    shown = "\n".join(f"{each.url} {name}" for each in found for name in each.names)
    return {"naming": found, SEEN_NAMES_FIELD: hashlib.sha256(shown.encode()).hexdigest()[:16]}
