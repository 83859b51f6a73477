"""The last page before the record: what will be written, and the button that writes it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view
from jukwaa.core.http import invalid
from jukwaa.core.safeguards.screen import screen
from jukwaa.intake import actions
from jukwaa.intake.actions import Entered
from jukwaa.intake.models import Reading
from jukwaa.intake.plan import Plan, namesakes, plan_of
from jukwaa.intake.views.fetching import find_reading, number_in
from jukwaa.meetings.models import Meeting

TEMPLATE = "intake/reading_enter.html"
ANEW = "new"


@require_http_methods(["GET", "POST"])
def reading_enter(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    reading = find_reading(request, coalition, pk)
    if not request.standing.is_rapporteur:
        raise PermissionDenied(_("Only the rapporteur, an editor or a coordinator can add a report to the record."))
    if reading.document is None:
        return redirect(reading)
    return form_view(
        request,
        template=TEMPLATE,
        context=lambda: _context(request, reading),
        action=lambda: _enter(request, reading),
        on_refusal=lambda refusal: invalid(request, TEMPLATE, {**_context(request, reading), "problem": str(refusal)}),
        success=_told,
        redirect_to=lambda entered: entered.meeting,
    )


def _enter(request: MemberRequest, reading: Reading) -> Entered:
    return actions.enter(
        actor=request.user,
        reading=reading,
        new_members=request.POST.getlist("new_member"),
        into=_chosen(request, namesakes(reading, request.user)),
        anew=request.POST.get("into") == ANEW,
    )


def _context(request: MemberRequest, reading: Reading) -> dict[str, object]:
    """The page shows what one press writes: into the meeting of the same name, unless a new one is asked for."""
    there = namesakes(reading, request.user)
    anew = (request.POST.get("into") or request.GET.get("into")) == ANEW
    into = None if anew else _chosen(request, there) or next(iter(there), None)
    plan = plan_of(reading, into=into)
    return {
        "reading": reading,
        "plan": plan,
        "namesakes": there,
        "into": into,
        "may_enrol": request.standing.is_coordinator,
        "warnings": list(_warnings(plan)),
    }


def _chosen(request: MemberRequest, there: list[Meeting]) -> Meeting | None:
    number = number_in(request, "into")
    return next((meeting for meeting in there if meeting.pk == number), None)


def _warnings(plan: Plan) -> list[tuple[int, str, str]]:
    """Words by which somebody could be found: sentence, what it is, what to write instead."""
    return [
        (item.suggestion.sentence.number, hit.what, hit.instead)
        for item in plan.entries
        for hit in screen(item.suggestion.text)
    ][:20]


def _told(entered: Entered) -> str:
    if not entered.entries and not entered.attendances:
        return _("Everything you accepted is already in the record.")
    entries = ngettext("%(n)s entry", "%(n)s entries", entered.entries) % {"n": entered.entries}
    came = ngettext("%(n)s attendance record", "%(n)s attendance records", entered.attendances) % {
        "n": entered.attendances
    }
    return _("Added to the record: %(entries)s and %(came)s.") % {"entries": entries, "came": came}
