"""The year at the forum on one page."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.eligibility import policies
from jukwaa.eligibility.cycle.forum_year_steps import build_forum_year_steps
from jukwaa.eligibility.cycle.steps import mark_next_step
from jukwaa.eligibility.cycle.year_facts import ForumYearFacts
from jukwaa.eligibility.cycle.year_round_steps import build_year_round_steps


@require_GET
def cycle_detail(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    """`?call=NAME` chooses another call."""
    if not policies.can_read_cycle(request.standing, coalition):
        raise PermissionDenied(_("Only people with a role in the coalition can see this page."))
    facts = ForumYearFacts(request.standing, timezone.now(), request.GET.get("call", ""))
    steps = mark_next_step(build_forum_year_steps(facts))
    context = {
        "call": facts.call,
        "year": facts.year,
        "steps": steps,
        "all_year": list(build_year_round_steps(facts)),
        "next": next((step for step in steps if step.is_next), None),
        "others": [call for call in facts.candidate_calls if call is not facts.call],
    }
    return render_page(request, "eligibility/cycle.html", context)
