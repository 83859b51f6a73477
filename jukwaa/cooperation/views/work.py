"""Joint work: the list, beginning it, its page, who takes part, and its end."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation import policies
from jukwaa.cooperation.actions import work as actions
from jukwaa.cooperation.charters import SHORT_CHARTER_FORM_NAME, get_charter_form, load_charter_forms
from jukwaa.cooperation.forms.work import BeginWorkForm, EndWorkForm, PartyForm, ReasonForm, WorkForm
from jukwaa.cooperation.models import JointWork, Party
from jukwaa.cooperation.views.work_common import (
    WORK_FORM_TEMPLATE,
    build_work_context,
    get_editable_work_page_or_404,
    get_party_or_404,
    get_party_work_page_or_404,
    get_work_page_or_404,
    get_work_url,
)
from jukwaa.cooperation.work_page import get_work_list
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.records.views.common import get_origin_or_404

WORK_EDIT_TEMPLATE = "cooperation/work_edit.html"


@login_not_required
@require_GET
@cache_for_visitors
def work_list(request: Request, coalition: Coalition) -> HttpResponse:
    stage = request.GET.get("stage", "")
    context = {
        "page": get_work_list(request.user, coalition, PageCursor.of(request), stage),
        "stages": JointWork.Stage.choices,
        "stage": stage if stage in JointWork.Stage.values else "",
        "may_begin": policies.can_begin_work(request.standing, coalition),
    }
    return render_page(request, "cooperation/work_list.html", context)


@login_not_required
@require_GET
@cache_for_visitors
def work_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What was promised beside what happened."""
    whole = get_work_page_or_404(request, coalition, pk)
    return render_page(request, "cooperation/work_detail.html", build_work_context(whole, "work"))


@require_http_methods(["GET", "POST"])
def work_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not policies.can_begin_work(request.standing, coalition):
        raise PermissionDenied(
            _(
                "Only people who represent an organisation, and rapporteurs, editors and coordinators, can "
                "start joint work."
            )
        )
    name = request.GET.get("form", SHORT_CHARTER_FORM_NAME)
    if name not in load_charter_forms():
        raise Http404
    form = BeginWorkForm(
        get_form_data(request),
        standing=request.standing,
        charter=get_charter_form(name),
        record=get_origin_or_404(request, coalition),
    )
    others = [each for each in load_charter_forms().values() if each.name != name]
    return form_view(
        request,
        form,
        template="cooperation/work_new.html",
        context={"charter": form.charter, "others": others, "began": form.record},
        action=lambda: _begin_work_from_form(request, coalition, form),
        success_message=_("Joint work created. Check the charter, then propose it to the parties for signature."),
        redirect_to=lambda work: get_work_url(work, "charter_write"),
    )


def _begin_work_from_form(request: MemberRequest, coalition: Coalition, form: BeginWorkForm) -> JointWork:
    work = actions.begin_joint_work(actor=request.user, coalition=coalition, **form.get_action_arguments())
    work.coalition = coalition
    return work


@require_http_methods(["GET", "POST"])
def work_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = get_editable_work_page_or_404(request, coalition, pk)
    form = WorkForm(get_form_data(request), coalition=coalition, initial=WorkForm.get_initial(whole.work))
    return form_view(
        request,
        form,
        template=WORK_EDIT_TEMPLATE,
        context=build_work_context(whole, "work"),
        action=lambda: _change_work_from_form(request, whole.work, form),
        current_values=lambda _conflict: WorkForm.get_initial(JointWork.objects.get(pk=pk)),
        success_message=_("The changes have been saved. You can find the previous version in the history."),
        redirect_to=get_work_url(whole.work),
    )


def _change_work_from_form(request: MemberRequest, joint_work: JointWork, form: WorkForm) -> JointWork:
    said = form.cleaned_data
    changes = {name: said[name] for name in ("title", "summary")}
    return actions.change_joint_work(
        actor=request.user,
        work=joint_work,
        changed_fields=changes,
        from_version=said["version"],
        areas=list(said["areas"]),
    )


@require_http_methods(["GET", "POST"])
def work_party_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = get_editable_work_page_or_404(request, coalition, pk)
    form = PartyForm(get_form_data(request), coalition=coalition)
    context = {
        "title": _("Invite another organisation"),
        "lead": _(
            "The organisation does not sign anything now. Its representatives will read and sign the charter later."
        ),
        "button": _("Invite organisation"),
    }
    return form_view(
        request,
        form,
        template=WORK_FORM_TEMPLATE,
        context=build_work_context(whole, "work") | context,
        action=lambda: _add_party_from_form(request, whole.work, form),
        success_message=_("Organisation invited. Its representatives can sign once the charter is proposed."),
        redirect_to=get_work_url(whole.work, "charter_write"),
    )


def _add_party_from_form(request: MemberRequest, joint_work: JointWork, form: PartyForm) -> Party:
    said = form.cleaned_data
    told = {"organisation": said["name"], "part": said["part"], "must_sign": said["must_sign"]}
    return actions.add_work_party(actor=request.user, work=joint_work, **told)


@require_http_methods(["GET", "POST"])
def work_party_edit(request: MemberRequest, coalition: Coalition, pk: int, party: int) -> HttpResponse:
    whole = get_editable_work_page_or_404(request, coalition, pk)
    found = get_party_or_404(whole, party)
    form = PartyForm(get_form_data(request), coalition=coalition, party=found)
    return form_view(
        request,
        form,
        template=WORK_FORM_TEMPLATE,
        context=build_work_context(whole, "work") | {"title": str(found), "lead": "", "button": _("Save")},
        action=lambda: actions.change_work_party(
            actor=request.user,
            party=found,
            party_role=form.cleaned_data["part"],
            signature_required=form.cleaned_data["must_sign"],
        ),
        success_message=_("The changes have been saved."),
        redirect_to=get_work_url(whole.work, "charter_write"),
    )


@require_POST
def work_party_remove(request: MemberRequest, coalition: Coalition, pk: int, party: int) -> HttpResponse:
    whole = get_editable_work_page_or_404(request, coalition, pk)
    found = get_party_or_404(whole, party)
    return form_view(
        request,
        action=lambda: actions.remove_work_party(actor=request.user, party=found),
        success_message=_("Invitation withdrawn."),
        redirect_to=get_work_url(whole.work, "charter_write"),
    )


@require_http_methods(["GET", "POST"])
def work_party_leave(request: MemberRequest, coalition: Coalition, pk: int, party: int) -> HttpResponse:
    whole = get_party_work_page_or_404(request, coalition, pk)
    found = get_party_or_404(whole, party)
    form = ReasonForm(get_form_data(request))
    left, unnamed = (
        _("Your organisation has withdrawn. Its signatures and reports stay on the page."),
        _("The name of the organisation has been removed."),
    )
    return form_view(
        request,
        form,
        template=WORK_FORM_TEMPLATE,
        context=lambda: {**build_work_context(whole, "work"), **_describe_leaving_work(found), "stop": True},
        action=lambda: actions.leave_joint_work(actor=request.user, party=found, reason=form.cleaned_data["reason"]),
        success_message=lambda _result: unnamed if actions.is_unconfirmed_party(found) else left,
        redirect_to=get_work_url(whole.work),
    )


def _describe_leaving_work(party: Party) -> dict[str, str]:
    """What the page says."""
    if actions.is_unconfirmed_party(party):
        return {
            "title": _("Remove the name of %(name)s") % {"name": party},
            "lead": _(
                "You do not need to give a reason. The text that others signed will not change. A note will state"
                " that your organisation did not confirm the text."
            ),
            "button": _("Remove the organisation's name"),
        }
    return {
        "title": _("Withdraw %(name)s from this joint work") % {"name": party},
        "lead": _(
            "People can still read the organisation's signatures and reports, with the date and the "
            "reason it withdrew. You cannot undo this."
        ),
        "button": _("Withdraw organisation"),
    }


@require_http_methods(["GET", "POST"])
def work_end(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = get_work_page_or_404(request, coalition, pk)
    if not (whole.own_parties or request.standing.is_coordinator):
        raise Http404
    form = EndWorkForm(get_form_data(request))
    context = {
        "title": _("How did it end?"),
        "lead": _(
            "This ends the joint work for all parties. If only your organisation is leaving, withdraw it instead."
        ),
        "button": _("End joint work"),
        "stop": True,
    }
    return form_view(
        request,
        form,
        template=WORK_FORM_TEMPLATE,
        context=build_work_context(whole, "work") | context,
        action=lambda: _end_work_from_form(request, whole.work, form),
        success_message=_("Joint work ended. You can still read on its page what was promised and what happened."),
        redirect_to=get_work_url(whole.work),
    )


def _end_work_from_form(request: MemberRequest, joint_work: JointWork, form: EndWorkForm) -> JointWork:
    said = form.cleaned_data
    return actions.end_joint_work(actor=request.user, work=joint_work, work_stage=said["stage"], reason=said["reason"])
