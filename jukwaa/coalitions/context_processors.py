from django.http import HttpRequest

from jukwaa.coalitions.menu import CoalitionNavigation
from jukwaa.coalitions.own_coalitions import list_own_coalitions


def coalition_context(request: HttpRequest) -> dict[str, object]:
    """Return the coalition that this page belongs to, the standing of its viewer, and the menu.

    `own_coalitions` is only asked for by the pages that show it.
    """
    standing = getattr(request, "standing", None)
    match = request.resolver_match
    navigation = CoalitionNavigation(standing, match.view_name if match else "") if standing else None
    return {
        "coalition": getattr(request, "coalition", None),
        "standing": standing,
        "navigation": navigation,
        "own_coalitions": lambda: list_own_coalitions(request.user),
    }
