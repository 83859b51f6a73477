"""What the pages here share."""

from django.core.exceptions import PermissionDenied

FORM_PAGE = "coalitions/form_page.html"  # title, lead, button, back; stop if it takes something away


def require(allowed: bool) -> None:  # noqa: FBT001 - it reads as a sentence
    if not allowed:
        raise PermissionDenied
