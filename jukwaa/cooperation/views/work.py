"""Joint work: the list, beginning it, its page, who takes part, and its end."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.views.common import done, go, press, typed
from jukwaa.cooperation import working
from jukwaa.cooperation.actions import work as actions
from jukwaa.cooperation.charters import SHORT, form_called, forms
from jukwaa.cooperation.forms.work import BeginForm, EndForm, PartyForm, ReasonForm, WorkForm
from jukwaa.cooperation.models import JointWork, Party
from jukwaa.cooperation.views.work_common import (
    FORM,
    address_of,
    around,
    kept_aside,
    party_of,
    shaped_work,
    shown,
    told_work,
    whole_work,
)
from jukwaa.cooperation.work_reading import works
from jukwaa.core.http import page
from jukwaa.core.overtaken import overtaken
from jukwaa.records.actions import Stale
from jukwaa.records.views.common import origin_in

EDIT = "cooperation/work_edit.html"


@login_not_required
@require_GET
@kept_for_visitors
def work_list(request: Request, coalition: Coalition) -> HttpResponse:
    stage = request.GET.get("stage", "")
    context = {
        "here": "together",
        "page": works(request.user, coalition, request.GET.get("after", ""), stage),
        "stages": JointWork.Stage.choices,
        "stage": stage if stage in JointWork.Stage.values else "",
        "may_begin": working.begins(request.standing),
    }
    return page(request, "cooperation/work_list.html", context)


@login_not_required
@require_GET
@kept_for_visitors
def work_detail(request: Request, coalition: Coalition, pk: int) -> HttpResponse:
    """What was promised beside what happened."""
    whole = whole_work(request, coalition, pk)
    return page(request, "cooperation/work_detail.html", around(whole, "work"))


@require_http_methods(["GET", "POST"])
def work_new(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    if not working.begins(request.standing):
        raise PermissionDenied(_("Whoever may speak for an organisation begins joint work here."))
    name = request.GET.get("form", SHORT)
    if name not in forms():
        raise Http404
    form = BeginForm(
        typed(request), standing=request.standing, charter=form_called(name), record=origin_in(request, coalition)
    )
    if answer := kept_aside(request, coalition, form):
        return answer
    begun: list[JointWork] = []
    if done(request, form, lambda: begun.append(_begin(request, coalition, form))):
        told = _("It is begun. Read it once more, then propose it to the parties to sign.")
        return go(request, told=told, to=address_of(begun[0], "charter_write"))
    others = [each for each in forms().values() if each.name != name]
    context = {"here": "together", "form": form, "charter": form.charter, "others": others, "began": form.record}
    return shown(request, "cooperation/work_new.html", context)


def _begin(request: MemberRequest, coalition: Coalition, form: BeginForm) -> JointWork:
    work = actions.begin_work(actor=request.user, coalition=coalition, **form.told())
    work.coalition = coalition
    return work


@require_http_methods(["GET", "POST"])
def work_edit(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = shaped_work(request, coalition, pk)
    form = WorkForm(typed(request), coalition=coalition, initial=WorkForm.initial_of(whole.work))
    context = {**around(whole, "work"), "form": form}
    if answer := kept_aside(request, coalition, form):
        return answer
    try:
        saved = done(request, form, lambda: _change(request, whole.work, form))
    except Stale:
        now = WorkForm.initial_of(JointWork.objects.get(pk=pk))
        return overtaken(request, EDIT, form, now, context)
    if saved:
        told = _("Saved. The version before is kept in the history.")
        return go(request, told=told, to=address_of(whole.work))
    return shown(request, EDIT, context)


def _change(request: MemberRequest, work: JointWork, form: WorkForm) -> None:
    """Raises Stale, and Refused."""
    said = form.cleaned_data
    changes = {name: said[name] for name in ("title", "summary")}
    actions.change_work(
        actor=request.user, work=work, changes=changes, from_version=said["version"], areas=list(said["areas"])
    )


@require_http_methods(["GET", "POST"])
def party_new(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = shaped_work(request, coalition, pk)
    form = PartyForm(typed(request), coalition=coalition)
    if answer := kept_aside(request, coalition, form):
        return answer
    if done(request, form, lambda: _add_party(request, whole.work, form)):
        told = _("It is asked to take part. It signs for itself, once the charter is proposed.")
        return go(request, told=told, to=address_of(whole.work, "charter_write"))
    title, lead = _("Who else takes part?"), _("It signs nothing by this: whoever speaks for it reads and signs later.")
    return _form(request, whole, form, title=title, lead=lead, button=_("Ask it to take part"))


def _add_party(request: MemberRequest, work: JointWork, form: PartyForm) -> None:
    said = form.cleaned_data
    told = {"organisation": said["name"], "part": said["part"], "must_sign": said["must_sign"]}
    actions.add_party(actor=request.user, work=work, **told)


@require_http_methods(["GET", "POST"])
def party_edit(request: MemberRequest, coalition: Coalition, pk: int, party: int) -> HttpResponse:
    whole = shaped_work(request, coalition, pk)
    found = party_of(whole, party)
    form = PartyForm(typed(request), coalition=coalition, party=found)
    if answer := kept_aside(request, coalition, form):
        return answer
    change = actions.change_party
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if done(
        request,
        form,
        lambda: change(actor=request.user, party=found, part=said["part"], must_sign=said["must_sign"]),
    ):
        return go(request, told=_("Saved."), to=address_of(whole.work, "charter_write"))
    return _form(request, whole, form, title=str(found), lead="", button=_("Save"))


@require_POST
def party_remove(request: MemberRequest, coalition: Coalition, pk: int, party: int) -> HttpResponse:
    whole = shaped_work(request, coalition, pk)
    found = party_of(whole, party)
    told = _("It is no longer asked to take part.")
    to = address_of(whole.work, "charter_write")
    return press(request, lambda: actions.remove_party(actor=request.user, party=found), told=told, to=to)


@require_http_methods(["GET", "POST"])
def party_leave(request: MemberRequest, coalition: Coalition, pk: int, party: int) -> HttpResponse:
    whole = told_work(request, coalition, pk)
    found = party_of(whole, party)
    form = ReasonForm(typed(request))
    if answer := kept_aside(request, coalition, form):
        return answer
    if done(
        request,
        form,
        lambda: actions.leave_work(actor=request.user, party=found, reason=form.cleaned_data["reason"]),
    ):
        told = _("It has left. What it signed and did stays on the page.")
        if actions.is_only_named(found):
            told = _("Its name is taken off.")
        return go(request, told=told, to=address_of(whole.work))
    return _form(request, whole, form, **_leaving(found), stop=True)


def _leaving(party: Party) -> dict[str, str]:
    """What the page says."""
    if actions.is_only_named(party):
        return {
            "title": _("Take the name of %(name)s off") % {"name": party},
            "lead": _(
                "You need give no reason. The text that others signed stays as it is; beside it stands that this "
                "organisation did not confirm it."
            ),
            "button": _("Take its name off"),
        }
    return {
        "title": _("%(name)s withdraws") % {"name": party},
        "lead": _("What it signed and did stays readable, with the day and the reason. It cannot be undone."),
        "button": _("Withdraw"),
    }


@require_http_methods(["GET", "POST"])
def work_end(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    whole = whole_work(request, coalition, pk)
    if not (whole.own or request.standing.is_coordinator):
        raise Http404
    form = EndForm(typed(request))
    if answer := kept_aside(request, coalition, form):
        return answer
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    end = actions.end_work
    if done(
        request, form, lambda: end(actor=request.user, work=whole.work, stage=said["stage"], reason=said["reason"])
    ):
        told = _("It is over. Its page stays, with what was promised beside what happened.")
        return go(request, told=told, to=address_of(whole.work))
    title, lead = _("How did it end?"), _("For all parties. Whoever wants to leave alone can withdraw.")
    return _form(request, whole, form, title=title, lead=lead, button=_("End it"), stop=True)


def _form(request: MemberRequest, whole: Any, form: Any, **context: Any) -> HttpResponse:
    return shown(request, FORM, {**around(whole, "work"), "form": form, **context})
