"""Pages lie under their coalition: a view's `coalition` argument arrives as the coalition itself."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from jukwaa.coalitions.standing import Standing


class CoalitionMiddleware:
    """Sets `request.coalition` and `request.standing`; a slug that nobody has is 404 before any view runs.

    Members who have chosen no time zone read times in that of the coalition. `PreferencesMiddleware` ends this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view_function: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> None:
        del view_function, args
        if "coalition" not in kwargs:
            return
        standing = Standing.under(kwargs["coalition"], request.user)
        if standing is None:
            raise Http404
        request.standing = standing  # type: ignore[attr-defined]  # declared in coalitions.http
        kwargs["coalition"] = request.coalition = standing.coalition  # type: ignore[attr-defined]  # declared in coalitions.http
        if request.user.is_authenticated and not request.user.has_chosen_time_zone:
            timezone.activate(standing.coalition.zone)
