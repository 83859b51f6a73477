"""Who could be invited, and how the letter to them stands: for the introducer, and for those who run the coalition."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import directory
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import AreaOfWork, Coalition, Organisation
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.row_numbers import parse_row_number
from jukwaa.core.uploads import build_download_headers
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_choices
from jukwaa.places.regions import UN_REGIONAL_GROUPS, RegionalGroup
from jukwaa.records.models import State
from jukwaa.regions import policies
from jukwaa.regions.actions import prospects as actions
from jukwaa.regions.actions.prospects import InvitationPurpose
from jukwaa.regions.candidates import MAX_GAP_CANDIDATES, find_coverage_gap_candidates
from jukwaa.regions.forms.prospects import ProspectForm
from jukwaa.regions.letters import LETTER, REMINDER, InvitationLetter, build_invitation_letter
from jukwaa.regions.models import Outreach, Prospect

MAX_LISTED_PROSPECTS = 200


@require_GET
def coverage_gap_detail(request: MemberRequest, coalition: Coalition, area: int, region: str) -> HttpResponse:
    """Who is near: organisations of the region that could be invited, in alphabetical order."""
    if not policies.can_see_candidates(request.standing, coalition):
        raise PermissionDenied(_("Only members can see contacts and invitations."))
    found, group = _get_area_or_404(coalition, area), _get_region_or_404(region)
    country = request.GET.get("country", "")
    country = country if country in COUNTRIES_BY_CODE and COUNTRIES_BY_CODE[country].group == group else ""
    rows = find_coverage_gap_candidates(request.standing, found, group, country)
    of_region = [
        pair for pair in get_country_choices(get_language() or "en") if COUNTRIES_BY_CODE[pair[0]].group == group
    ]
    context = {"area": found, "group": group, "rows": rows[:MAX_GAP_CANDIDATES], "more": len(rows) > MAX_GAP_CANDIDATES}
    may_invite = policies.can_invite_prospects(request.standing, coalition)
    context |= {"countries": of_region, "country": country, "may_invite": may_invite}
    return render_page(request, "regions/gap.html", context)


def _get_area_or_404(coalition: Coalition, pk: int) -> AreaOfWork:
    return get_object_or_404(coalition.areas, pk=pk)


def _get_region_or_404(region_name: str) -> RegionalGroup:
    if region_name not in UN_REGIONAL_GROUPS:
        raise Http404
    return RegionalGroup(region_name)


@require_GET
def prospect_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_see_candidates(request.standing, coalition):
        raise PermissionDenied(_("Only members can see contacts and invitations."))
    rows = Prospect.objects.visible_to(request.user).of(coalition).select_related("outreach", "area", "introducer")
    context = {
        "rows": list(rows[:MAX_LISTED_PROSPECTS]),
        "leads": policies.can_manage_invitations(request.standing, coalition),
    }
    return render_page(request, "regions/prospect_list.html", context)


@require_http_methods(["GET", "POST"])
def prospect_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_invite_prospects(request.standing, coalition):
        raise PermissionDenied(_("Only members aged 18 or over can invite organisations."))
    what_for = _get_invitation_purpose_or_404(request, coalition)
    form = _build_prospect_form(request, what_for)
    return form_view(
        request,
        form,
        template="regions/prospect_new.html",
        context={"what_for": what_for},
        action=lambda: _create_prospect_from_form(request, coalition, form, what_for),
        success_message=_("Letter created. Send it from your own email."),
        redirect_to=lambda prospect: _build_prospect_url(coalition, "prospect_detail", prospect.pk),
    )


def _get_invitation_purpose_or_404(request: MemberRequest, coalition: Coalition) -> InvitationPurpose:
    """As the address says: a plan that one reads, or a gap. 404 for anything else."""
    asked = request.GET
    if number := asked.get("plan"):
        plans = Outreach.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
        plan = get_object_or_404(plans, pk=parse_row_number(number))
        plan.coalition = coalition
        return InvitationPurpose(outreach=plan)
    return InvitationPurpose(
        area=_get_area_or_404(coalition, parse_row_number(asked.get("area", ""))),
        region=_get_region_or_404(asked.get("region", "")),
    )


def _build_prospect_form(request: MemberRequest, invitation_purpose: InvitationPurpose) -> ProspectForm:
    visible = directory.get_visible_organisations(request.standing)
    chosen: Organisation | None = visible.filter(pk=parse_row_number(request.GET.get("organisation", ""))).first()
    country = invitation_purpose.outreach.country if invitation_purpose.outreach else ""
    return ProspectForm(get_form_data(request), standing=request.standing, nearby_organisation=chosen, country=country)


def _create_prospect_from_form(
    request: MemberRequest, coalition: Coalition, form: ProspectForm, invitation_purpose: InvitationPurpose
) -> Prospect:
    return actions.create_prospect(
        actor=request.user,
        coalition=coalition,
        facts=form.build_prospect_facts(),
        invitation_purpose=invitation_purpose,
        own_organisation=form.get_represented_organisation(),
        token=form.cleaned_data["token"],
    )


def get_prospect_or_404(request: MemberRequest, coalition: Coalition, pk: int) -> Prospect:
    """404 for what one may not see."""
    rows = Prospect.objects.visible_to(request.user).of(coalition)
    found = get_object_or_404(rows.select_related("outreach", "area", "introducer", "capacity", "organisation"), pk=pk)
    found.coalition = coalition
    if found.outreach is not None:
        found.outreach.coalition = coalition
    return found


@require_GET
def prospect_detail(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    prospect = get_prospect_or_404(request, coalition, pk)
    standing = request.standing
    introduces, leads = (
        policies.can_send_letter(standing, prospect),
        policies.can_manage_invitations(standing, coalition),
    )
    reason = actions.get_letter_refusal_reason(prospect) if prospect.is_open else ""
    known_by = list(prospect.acquaintances.select_related("person"))
    context = {
        "prospect": prospect,
        "introduces": introduces,
        "leads": leads,
        "reason": reason,
        "letter": _build_invitation_letter(prospect) if introduces and prospect.is_open and not reason else None,
        "sees_contact": policies.can_manage_prospect(standing, prospect) and prospect.has_said_yes,
        "wants_no_mail": leads and actions.is_do_not_contact_address(prospect),
        "known_by": known_by,
        "knows": any(row.person_id == request.user.pk for row in known_by),
        "may_hand_over": (introduces or leads) and prospect.sent_on is None and prospect.answered_on is None,
    }
    return render_page(request, "regions/prospect_detail.html", context)


def _build_invitation_letter(prospect: Prospect) -> InvitationLetter:
    return build_invitation_letter(prospect, REMINDER if prospect.state == Prospect.State.REMINDED else LETTER)


@require_GET
def prospect_letter_file(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    """The letter as a file, for whoever sends it."""
    prospect = get_prospect_or_404(request, coalition, pk)
    if not policies.can_send_letter(request.standing, prospect) or actions.get_letter_refusal_reason(prospect):
        raise Http404
    letter = _build_invitation_letter(prospect)
    headers = build_download_headers("letter.txt", "text/plain; charset=utf-8")
    return HttpResponse(f"{letter.subject}\n\n{letter.body}", headers=headers)


@require_POST
def prospect_mark_letter_sent(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    prospect = get_prospect_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.mark_letter_sent(actor=request.user, prospect=prospect),
        success_message=_(
            "Marked as sent. If there is no answer within 3 weeks, we will send you a short reminder letter to forward."
        ),
        redirect_to=_build_prospect_url(coalition, "prospect_detail", pk),
    )


@require_POST
def prospect_add_acquaintance(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    prospect = get_prospect_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.add_prospect_acquaintance(actor=request.user, prospect=prospect),
        success_message=_(
            "We have saved that you know someone at this organisation. The introducer can now ask you to write the"
            " letter instead."
        ),
        redirect_to=_build_prospect_url(coalition, "prospect_detail", pk),
    )


@require_POST
def prospect_hand_over(request: MemberRequest, coalition: Coalition, pk: int, row: int) -> HttpResponse:
    """To the list, as the viewer may see it no longer."""
    prospect = get_prospect_or_404(request, coalition, pk)
    to = get_object_or_404(prospect.acquaintances.select_related("person"), pk=row)
    return form_view(
        request,
        action=lambda: actions.reassign_prospect(actor=request.user, prospect=prospect, new_acquaintance=to),
        success_message=_("Invitation handed over. The letter is now in the tasks of the new introducer."),
        redirect_to=_build_prospect_url(coalition, "prospect_list"),
    )


@require_POST
def prospect_mark_contacted(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    prospect = get_prospect_or_404(request, coalition, pk)
    return form_view(
        request,
        action=lambda: actions.mark_prospect_contacted(actor=request.user, prospect=prospect),
        success_message=_(
            "Marked as contacted. We will delete the name and address of the contact 1 year after their answer."
        ),
        redirect_to=_build_prospect_url(coalition, "prospect_detail", pk),
    )


@require_http_methods(["GET", "POST"])
def prospect_erase(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    prospect = get_prospect_or_404(request, coalition, pk)
    context = {
        "title": _("Delete this invitation"),
        "object": prospect.name,
        "sentences": [
            _(
                "Everything about this invitation will be deleted from this site. The address in your own "
                "email is not affected."
            )
        ],
        "button": _("Delete this invitation"),
        "stop": True,
        "back": _build_prospect_url(coalition, "prospect_detail", pk),
    }
    return form_view(
        request,
        template="records/ask.html",
        context=context,
        action=lambda: actions.erase_prospect(actor=request.user, prospect=prospect),
        success_message=_("Invitation deleted."),
        redirect_to=_build_prospect_url(coalition, "prospect_list"),
    )


def _build_prospect_url(coalition: Coalition, url_name: str, *rest: int) -> str:
    return reverse(f"regions:{url_name}", args=[coalition.slug, *rest])
