from django.http import HttpRequest

from jukwaa.updates.following import Following


def following(request: HttpRequest) -> dict[str, object]:
    """What the reader follows where this page lies, for its buttons."""
    coalition = getattr(request, "coalition", None)
    return {"following": Following(request.user, coalition)} if coalition else {}
