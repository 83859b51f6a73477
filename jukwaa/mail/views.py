"""The page of the demo that shows the mail which would have left."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from jukwaa.core.http import render_page
from jukwaa.mail.models import Message


def _require_demo_or_debug() -> None:
    if not (settings.DEMO or settings.DEBUG):
        raise Http404


@login_not_required
@require_GET
def outbox_message_list(request: HttpRequest) -> HttpResponse:
    _require_demo_or_debug()
    messages = Paginator(Message.objects.for_demo_outbox(), per_page=20).get_page(request.GET.get("page"))
    return render_page(request, "mail/outbox.html", {"page": messages})


@login_not_required
@require_GET
def outbox_message_detail(request: HttpRequest, pk: int) -> HttpResponse:
    _require_demo_or_debug()
    mail = get_object_or_404(Message.objects.for_demo_outbox(), pk=pk)
    return render_page(request, "mail/message.html", {"mail": mail})
