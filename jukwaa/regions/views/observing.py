"""What the regions observe: issues, each with its observations side by side, and what others say to one of them."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.library.models import Item
from jukwaa.records.models import State
from jukwaa.records.talk import read_by
from jukwaa.regions import observing, policies
from jukwaa.regions.actions import observing as actions
from jukwaa.regions.forms.observing import ChangeVoiceForm, ObservationsForm, VoiceForm
from jukwaa.regions.models import Voice
from jukwaa.regions.models.observations import OBSERVATION
from jukwaa.regions.seen_where import choices_from_there

VOICE, ASK = "regions/voice_form.html", "records/ask.html"


@login_not_required
@require_GET
@kept_for_visitors
def observation_list(request: Request, coalition: Coalition) -> HttpResponse:
    """Issues by name, with the regions that observe them."""
    areas = AreaOfWork.objects.filter(coalition=coalition, scheme=AreaOfWork.Scheme.COALITION)
    form = ObservationsForm(request.GET, areas=areas)
    issues = observing.issues(request.user, coalition, get_language() or "en", form.chosen_area)
    if region := form.chosen_region:
        issues = [issue for issue in issues if region in issue.regions]
    context = {
        "looked": {"form": form},
        "issues": issues,
        "kind": OBSERVATION,
        "address": f"share+{coalition.slug}@{settings.MAIL_DOMAIN}",
    }
    return page(request, "regions/observation_list.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def issue_detail(request: Request, coalition: Coalition, issue: str) -> HttpResponse:
    """404 where nobody observes it, as far as the reader may know."""
    found = observing.issue_called(issue, request.user, coalition, get_language() or "en")
    if found is None:
        raise Http404
    seen = observing.side_by_side(found, request.user, coalition)
    context = {"issue": found, "regions": seen, "kind": OBSERVATION}
    return page(request, "regions/issue.html", context)


@require_http_methods(["GET", "POST"])
def voice_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """Somebody else from there confirms it, adds to it, or sees it differently."""
    item = _observation(request, coalition, pk)
    choices = choices_from_there(request.standing, item) if request.standing.is_inside else []
    if item.state != State.PUBLISHED or not choices:
        raise PermissionDenied(_("Only members from the same region can respond. The author cannot."))
    form = VoiceForm(form_data(request), choices=choices, initial={"says": request.GET.get("says", "")})
    return form_view(
        request,
        form,
        template=VOICE,
        context={"item": item, "read_by": read_by(item, request.standing)},
        action=lambda: actions.speak(actor=request.user, observation=item, **form.said()),
        success=_("Response posted below the observation. We will notify the author."),
        redirect_to=_get_address,
    )


@require_http_methods(["GET", "POST"])
def voice_change(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """What was said before stays readable."""
    voice = _voice(request, coalition, pk)
    if not (voice.stands and policies.can_replace_voice(request.standing, voice)):
        raise PermissionDenied(
            _("Only the author of the response, or people who represent the organisation, can change it.")
        )
    form = ChangeVoiceForm(form_data(request), initial={"says": voice.says, "words": voice.words})
    return form_view(
        request,
        form,
        template=VOICE,
        context={"item": voice.item, "voice": voice},
        action=lambda: actions.speak(
            actor=request.user, observation=voice.item, organisation=voice.organisation, **form.said()
        ),
        success=_("Saved. The earlier response stays readable."),
        redirect_to=_get_address,
    )


@require_http_methods(["GET", "POST"])
def voice_take_back(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    voice = _voice(request, coalition, pk)
    if not policies.can_take_back_voice(request.standing, voice):
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
        template=ASK,
        context=context,
        action=lambda: actions.take_back_voice(actor=request.user, voice=voice),
        success=_("Deleted."),
        redirect_to=voice.item,
    )


def _observation(request: MemberRequest, coalition: Coalition, pk: int) -> Item:
    """404 for what one may not see."""
    readable = Item.objects.visible_to(request.user).of(coalition).filter(kind=OBSERVATION)
    item = get_object_or_404(readable, pk=pk)
    item.coalition = coalition
    return item


def _voice(request: MemberRequest, coalition: Coalition, pk: int) -> Voice:
    """404 for what one may not see."""
    voices = Voice.objects.visible_to(request.user).filter(item__coalition=coalition)
    voice = get_object_or_404(voices.select_related("item", "organisation"), pk=pk)
    voice.item.coalition = coalition
    return voice


def _get_address(voice: Voice) -> str:
    return f"{voice.item.get_absolute_url()}#voice-{voice.pk}"
