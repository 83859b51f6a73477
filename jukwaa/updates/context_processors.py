from django.http import HttpRequest

from jukwaa.updates.follow_news import FollowingContext


def following_context(request: HttpRequest) -> dict[str, object]:
    """What the reader follows where this page lies, for its buttons."""
    coalition = getattr(request, "coalition", None)
    return {"following": FollowingContext(request.user, coalition)} if coalition else {}
