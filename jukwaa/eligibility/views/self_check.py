"""The self-check of a year, for coordinators, and the page of one condition."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.eligibility import policies
from jukwaa.eligibility.actions import answer_condition
from jukwaa.eligibility.forms import ConditionForm
from jukwaa.eligibility.models import ConditionAnswer
from jukwaa.eligibility.rule_sets import RuleSet, find_rule_set, get_rule_sets
from jukwaa.eligibility.self_check import build_self_check


def require_coordinator(request: MemberRequest, coalition: Coalition) -> None:
    if not policies.can_read_self_check(request.standing, coalition):
        raise PermissionDenied(_("Only coordinators can see the self-check."))


def get_rule_set_or_404(year: int) -> RuleSet:
    rules = find_rule_set(year)
    if rules is None or year > timezone.localdate().year:
        raise Http404
    return rules


@require_GET
def self_check_detail(request: MemberRequest, coalition: Coalition, year: int = 0) -> HttpResponse:
    require_coordinator(request, coalition)
    this_year = timezone.localdate().year
    year = year or this_year
    check = build_self_check(request.standing, get_rule_set_or_404(year), year)
    years = [*range(this_year, min(get_rule_sets()) - 1, -1)]
    context = {"year": year, "years": years, "check": check, "is_over": year < this_year}
    return render_page(request, "eligibility/check_detail.html", context)


@require_http_methods(["GET", "POST"])
def condition_edit(request: MemberRequest, coalition: Coalition, year: int, rule: str) -> HttpResponse:
    rules = get_rule_set_or_404(year)
    if rules.get_rule(rule) is None:
        raise Http404
    found = ConditionAnswer.objects.of(coalition, year).select_related("responsible").filter(rule=rule).first()
    answer = found or ConditionAnswer(coalition=coalition, year=year, rule=rule, version=0)
    if not policies.can_answer_condition(request.standing, answer):
        raise PermissionDenied(_("Only coordinators and the person in charge of the next step can see this condition."))
    form = ConditionForm(get_form_data(request), viewer_standing=request.standing, answer=answer)
    can_read = policies.can_read_self_check(request.standing, coalition)
    check_url = reverse("eligibility:check_year", args=[coalition.slug, year])
    back = check_url if can_read else reverse("home:desk", args=[coalition.slug])
    return form_view(
        request,
        form,
        template="eligibility/condition_form.html",
        context=lambda: {
            "year": year,
            "condition": build_self_check(
                request.standing, rules, year, only_rule_name=rule, known_answers=[found] if found else []
            ).conditions[0],
            "can_read": can_read,
            "back": back,
        },
        action=lambda: answer_condition(
            actor=request.user,
            coalition=coalition,
            year=year,
            rule_name=rule,
            changes=form.get_changes(),
            version=form.cleaned_data["version"],
        ),
        current_values=lambda conflict: ConditionForm.get_initial(conflict.current),
        success_message=_("Changes saved."),
        redirect_to=back,
    )
