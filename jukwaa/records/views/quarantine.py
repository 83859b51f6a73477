"""What was kept aside at a door, for the safeguarding lead alone, and the fixed answer to whoever brought it."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view
from jukwaa.core.http import render_page
from jukwaa.places.helplines import get_country_helplines
from jukwaa.records import actions
from jukwaa.records.models import Held, Record, State
from jukwaa.records.views.common import CONFIRMATION_TEMPLATE

MAX_HELD_ITEMS_SHOWN = 200


@login_not_required
@require_GET
def submission_not_taken(request: Request, coalition: Coalition) -> HttpResponse:
    """The same words for everybody, whatever it was: nothing on this page tells what was sent."""
    return render_page(request, "records/not_taken.html", {"helplines": get_country_helplines(coalition.country)})


@require_GET
def held_submission_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not request.standing.is_safeguarding_lead:
        raise Http404
    held = Held.objects.visible_to(request.user).filter(coalition=coalition).select_related("decided_by")
    records = Record.objects.visible_to(request.user).of(coalition).filter(state=State.HELD).order_by("-pk")
    context = {
        "waiting": held.waiting()[:MAX_HELD_ITEMS_SHOWN],
        "decided": held.exclude(state=Held.State.HELD)[:MAX_HELD_ITEMS_SHOWN],
        "records": records[:MAX_HELD_ITEMS_SHOWN],
    }
    return render_page(request, "records/held_list.html", context)


@require_GET
def held_submission_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The text comes with `?read=1`, after a warning. Files are never shown, and not handed out."""
    held = _get_quarantined_item_or_404(request, coalition, pk)
    context = {"held": held, "reads": "read" in request.GET, "backup_days": settings.BACKUP_DAYS}
    return render_page(request, "records/held_detail.html", context)


@require_POST
def held_submission_release(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    held = _get_quarantined_item_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.release_held_submission(actor=request.user, held=held),
        success_message=_("Released: no concern found. If the same content is sent again, it will be accepted."),
        redirect_to=reverse("records:held_list", args=[coalition.slug]),
    )


@require_http_methods(["GET", "POST"])
def held_submission_purge(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    held = _get_quarantined_item_or_404(request, coalition, pk)
    return form_view(
        request,
        template=CONFIRMATION_TEMPLATE,
        context=_build_purge_confirmation(held),
        action=lambda: actions.purge_held_submission(actor=request.user, held=held),
        success_message=_("The item has been deleted permanently."),
        redirect_to=reverse("records:held_list", args=[coalition.slug]),
    )


def _build_purge_confirmation(held: Held) -> dict[str, Any]:
    return {
        "title": _("Delete an item in quarantine"),
        "object": str(held),
        "sentences": [
            _(
                "The text, the file and the name of the sender will be deleted permanently. We will only keep a "
                "note that an item was in quarantine and that you deleted it."
            ),
            _("If the law requires you to report the item or to keep it, do so first."),
            _("Backups will keep a copy for %(days)s more days.") % {"days": settings.BACKUP_DAYS},
        ],
        "button": _("Delete permanently"),
        "stop": True,
        "back": "..",
    }


def _get_quarantined_item_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Held:
    return get_object_or_404(Held.objects.visible_to(request.user).filter(coalition=coalition), pk=pk)
