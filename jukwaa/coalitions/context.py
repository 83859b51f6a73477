from django.http import HttpRequest


def coalition(request: HttpRequest) -> dict[str, object]:
    """The coalition that this page lies under, and what its viewer is there."""
    return {"coalition": getattr(request, "coalition", None), "standing": getattr(request, "standing", None)}
