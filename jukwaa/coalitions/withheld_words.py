"""What is not for everyone of what people wrote: words of somebody under 18, until their adult contact agrees."""

from django.db.models import Q

from jukwaa.coalitions.entitlements import get_entitlements
from jukwaa.coalitions.models import Role
from jukwaa.coalitions.models.people import Viewer


def build_readable_contribution_condition(viewer: Viewer, *, coalition: str, author_path: str = "author") -> Q:
    """Return the condition that this viewer may read what the author of a row wrote in the coalition.

    Words of somebody under 18 whose adult contact has not agreed are for members, themselves and that contact alone.
    """
    withheld = Q(**{f"{author_path}__is_minor": True, f"{author_path}__guardian_agreed_at__isnull": True})
    if not viewer.is_authenticated:
        return ~withheld
    held = get_entitlements(viewer)
    is_inside = held.has_seat(coalition) | held.has_role(*Role.Kind.values, coalition=coalition)
    return ~withheld | is_inside | Q(**{author_path: viewer}) | Q(**{f"{author_path}__adult_contact": viewer})
