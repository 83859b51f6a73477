"""Jukwaa's addresses, and beside them a bare page: thirty rows in a table, under the whole middleware."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from jukwaa.config.urls import handler403, handler404
from jukwaa.config.urls import urlpatterns as of_jukwaa
from jukwaa.records.models import Record

__all__ = ["handler403", "handler404", "urlpatterns"]

PAGE_TEMPLATE = engines["django"].from_string(
    "<!doctype html><title>Bare</title><table>"
    "{% for row in rows %}<tr><td>{{ row.pk }}<td>{{ row.title }}<td>{{ row.published_at }}{% endfor %}</table>"
)


@login_not_required
def bare_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(PAGE_TEMPLATE.render({"rows": Record.objects.order_by("-pk")[:30]}, request))


urlpatterns = [path("bare/", bare_page), *of_jukwaa]
