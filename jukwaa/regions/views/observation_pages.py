"""What the regions observe: issues, each with its observations side by side, and what others say to one of them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.library.models import Item
from jukwaa.records.discussion import describe_record_readers
from jukwaa.records.models import State
from jukwaa.regions import observation_issues, policies
from jukwaa.regions.actions import voices as actions
from jukwaa.regions.forms.observations import ChangeVoiceForm, ObservationFilterForm, VoiceForm
from jukwaa.regions.models import Voice
from jukwaa.regions.models.observations import OBSERVATION_KIND
from jukwaa.regions.speaker_origins import get_eligible_capacities

VOICE_TEMPLATE, CONFIRM_TEMPLATE = "regions/voice_form.html", "records/ask.html"


@login_not_required
@require_GET
@cache_for_visitors
def observation_list(request: Request, coalition: Coalition) -> HttpResponse:
    """Issues by name, with the regions that observe them."""
    areas = AreaOfWork.objects.filter(coalition=coalition, scheme=AreaOfWork.Scheme.COALITION)
    form = ObservationFilterForm(request.GET, areas_of_work=areas)
    issues = observation_issues.load_observation_issues(
        request.user, coalition, get_language() or "en", form.chosen_area
    )
    if region := form.chosen_region:
        issues = [issue for issue in issues if region in issue.regions]
    context = {
        "looked": {"form": form},
        "issues": issues,
        "kind": OBSERVATION_KIND,
        "address": f"share+{coalition.slug}@{settings.MAIL_DOMAIN}",
    }
    return render_page(request, "regions/observation_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def observation_issue_detail(request: Request, coalition: Coalition, issue: str) -> HttpResponse:
    """404 where nobody observes it, as far as the reader may know."""
    found = observation_issues.get_observation_issue(issue, request.user, coalition, get_language() or "en")
    if found is None:
        raise Http404
    seen = observation_issues.group_observations_by_region(found, request.user, coalition)
    context = {"issue": found, "regions": seen, "kind": OBSERVATION_KIND}
    return render_page(request, "regions/issue.html", context)


@require_http_methods(["GET", "POST"])
def observation_voice_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Somebody else from there confirms it, adds to it, or sees it differently."""
    item = _get_observation_or_404(request, coalition, pk)
    choices = get_eligible_capacities(request.standing, item) if request.standing.is_inside else []
    if item.state != State.PUBLISHED or not choices:
        raise PermissionDenied(_("Only members from the same region can respond. The author cannot."))
    form = VoiceForm(get_form_data(request), capacity_choices=choices, initial={"says": request.GET.get("says", "")})
    return form_view(
        request,
        form,
        template=VOICE_TEMPLATE,
        context={"item": item, "read_by": describe_record_readers(item, request.standing)},
        action=lambda: actions.add_observation_voice(
            actor=request.user, observation=item, **form.get_action_arguments()
        ),
        success_message=_("Response posted below the observation. We will notify the author."),
        redirect_to=_build_voice_url,
    )


@require_http_methods(["GET", "POST"])
def observation_voice_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What was said before stays readable."""
    voice = _get_voice_or_404(request, coalition, pk)
    if not (voice.stands and policies.can_replace_voice(request.standing, voice)):
        raise PermissionDenied(
            _("Only the author of the response, or people who represent the organisation, can change it.")
        )
    form = ChangeVoiceForm(get_form_data(request), initial={"says": voice.says, "words": voice.words})
    return form_view(
        request,
        form,
        template=VOICE_TEMPLATE,
        context={"item": voice.item, "voice": voice},
        action=lambda: actions.add_observation_voice(
            actor=request.user, observation=voice.item, organisation=voice.organisation, **form.get_action_arguments()
        ),
        success_message=_("Response saved. Readers can still see the earlier response."),
        redirect_to=_build_voice_url,
    )


@require_http_methods(["GET", "POST"])
def observation_voice_withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    voice = _get_voice_or_404(request, coalition, pk)
    if not policies.can_withdraw_voice(request.standing, voice):
        raise PermissionDenied
    context = {
        "title": _("Withdraw this response?"),
        "object": voice.item.title,
        "quote": voice.words or voice.get_says_display(),
        "sentences": [_("The response and its earlier versions will be deleted permanently.")],
        "button": _("Withdraw response"),
        "stop": True,
        "back": voice.item.get_absolute_url(),
    }
    return form_view(
        request,
        template=CONFIRM_TEMPLATE,
        context=context,
        action=lambda: actions.withdraw_observation_voice(actor=request.user, observation_voice=voice),
        success_message=_("The entry has been deleted permanently."),
        redirect_to=voice.item,
    )


def _get_observation_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Item:
    """404 for what one may not see."""
    readable = Item.objects.visible_to(request.user).of(coalition).filter(kind=OBSERVATION_KIND)
    item = get_object_or_404(readable, pk=pk)
    item.coalition = coalition
    return item


def _get_voice_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Voice:
    """404 for what one may not see."""
    voices = Voice.objects.visible_to(request.user).filter(item__coalition=coalition)
    voice = get_object_or_404(voices.select_related("item", "organisation"), pk=pk)
    voice.item.coalition = coalition
    return voice


def _build_voice_url(observation_voice: Voice) -> str:
    return f"{observation_voice.item.get_absolute_url()}#voice-{observation_voice.pk}"
