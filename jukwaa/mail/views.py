"""The page of the demo that shows the mail which would have left."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.core.http import page
from jukwaa.mail.models import Message


def _only_where_nothing_is_real() -> None:
    if not (settings.DEMO or settings.DEBUG):
        raise Http404


@login_not_required
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    _only_where_nothing_is_real()
    messages = Paginator(Message.objects.to_be_shown(), per_page=20).get_page(request.GET.get("page"))
    return page(request, "mail/outbox.html", {"page": messages})


@login_not_required
@require_GET
def message(request: HttpRequest, pk: int) -> HttpResponse:
    _only_where_nothing_is_real()
    mail = get_object_or_404(Message.objects.to_be_shown(), pk=pk)
    return page(request, "mail/message.html", {"mail": mail})
