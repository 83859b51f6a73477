"""The page that a link in a mail opens, without signing in. Opening it does nothing; its button signs."""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from jukwaa.accounts.models import Person
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.refusals import Refused
from jukwaa.cooperation import working
from jukwaa.cooperation.actions.work import open_charter
from jukwaa.cooperation.actions.work_charters import OtherText, no_speaker, sign_charter
from jukwaa.cooperation.models import Party
from jukwaa.core.diff import diff_html, word_diff
from jukwaa.core.http import page
from jukwaa.core.overtaken import CONFLICT
from jukwaa.mail.links import read_token

BY_LINK = "sign-charter"
LASTS = timedelta(days=60)
PAGE = "cooperation/sign_by_link.html"


@login_not_required
@require_http_methods(["GET", "POST"])
def sign_by_link(request: Request, coalition: Coalition, token: str) -> HttpResponse:
    """Whoever holds the mail signs as the person whom it was sent to, if they may speak for the party that day."""
    meant = read_token(BY_LINK, token, LASTS)
    if meant is None:
        raise Http404
    person = get_object_or_404(Person, pk=meant["person"], is_active=True)
    rows = Party.objects.select_related("work__coalition", "capacity", "organisation")
    party = get_object_or_404(rows, pk=meant["party"], work__coalition=coalition)
    if not working.can_speak_for(person, party):
        return page(request, PAGE, {"here": "together", "why": no_speaker(party)}, status=403)
    context = {"here": "together", "party": party, "work": party.work, "person": person}
    if request.method == "POST":
        return _sign(request, person, party, context)
    return page(request, PAGE, context | _signable(party))


def _sign(request: Request, person: Person, party: Party, context: dict[str, object]) -> HttpResponse:
    try:
        sign_charter(actor=person, party=party, digest=request.POST.get("digest", "")[:64])
    except OtherText as other:
        read, now = other.read.text if other.read else "", other.now.text if other.now else ""
        told = {"why": str(other), "read": read, "differing": diff_html(word_diff(read, now)) if read and now else ""}
        return page(request, PAGE, context | _signable(party) | told, status=CONFLICT)
    except (Refused, PermissionDenied) as refused:
        return page(request, PAGE, context | {"why": str(refused)}, status=422)
    return page(request, PAGE, context | {"is_done": True})


def _signable(party: Party) -> dict[str, object]:
    charter = open_charter(party.work)
    if charter is None or not charter.is_being_signed:
        charter = party.work.charter_in_force()  # which a party that was only named can still confirm
    has_signed = charter is not None and party.signatures.filter(charter=charter).exists()
    return {"charter": charter, "has_signed": has_signed}
