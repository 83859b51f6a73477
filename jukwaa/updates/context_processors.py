from django.http import HttpRequest

from jukwaa.updates.follow_news import Following


def following_context(request: HttpRequest) -> dict[str, object]:
    """What the reader follows where this page lies, for its buttons."""
    coalition = getattr(request, "coalition", None)
    return {"following": Following(request.user, coalition)} if coalition else {}
