"""How to reach the coalition: by role and shared address, never by the address of a person."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.core.http import render_page


@dataclass(frozen=True)
class ContactPoint:
    subject: str | Promise
    role: str | Promise
    address: str


@login_not_required
@require_GET
@cache_for_visitors
def contact_page(request: Request, coalition: Coalition) -> HttpResponse:
    points = [
        ContactPoint(_("General questions"), Role.Kind.COORDINATOR.label, coalition.contact_address),
        ContactPoint(_("Questions from the press"), Role.Kind.CHAIR.label, coalition.press_address),
    ]
    return render_page(request, "coalitions/contact.html", {"points": points})
