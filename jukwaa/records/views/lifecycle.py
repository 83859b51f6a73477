"""Taking a record out of sight: withdrawn by those who keep it, held, released and purged by the safeguarding lead."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import Coalition
from jukwaa.records import actions, policies
from jukwaa.records.forms import WithdrawForm
from jukwaa.records.models import State
from jukwaa.records.views.common import ask, ask_to_withdraw, record_for

HERE = "records:withdraw"


@require_http_methods(["GET", "POST"])
def withdraw(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = record_for(request, coalition, pk)
    if record.kind_info.withdraw_url_name != HERE:
        return redirect(record.kind_info.withdraw_url_name, coalition.slug, pk)
    if not policies.can_withdraw(request.user, record):
        raise PermissionDenied
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        actions.withdraw_record(actor=request.user, record=record, reason=form.cleaned_data["reason"])
        messages.success(request, _("“%(title)s” is withdrawn.") % {"title": record.title})
        return redirect(coalition)
    return ask_to_withdraw(request, record, form)


@require_http_methods(["GET", "POST"])
def hold(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = record_for(request, coalition, pk)
    if not policies.can_hold(request.user, record):
        raise PermissionDenied
    if request.method == "POST":
        actions.hold_record(actor=request.user, record=record)
        messages.success(request, _("It is out of sight for everybody but you."))
        return redirect("records:held_list", coalition.slug)
    has_minutes = record.whole().belonging().exists()
    return ask(
        request,
        title=_("Hold a record"),
        object=record.title,
        sentences=[
            _("It leaves every page, list, search and file at once, for its authors and the coordinators too."),
            *([_("All that stands in its minutes goes with it, and comes back with it.")] if has_minutes else []),
            _("You alone can read it, release it, or erase it."),
        ],
        button=_("Hold it"),
        stop=True,
        back=record.get_absolute_url(),
    )


@require_POST
def release(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = record_for(request, coalition, pk)
    actions.release_record(actor=request.user, record=record)
    messages.success(request, _("It is back where it was."))
    return redirect("records:held_list", coalition.slug)


@require_http_methods(["GET", "POST"])
def purge(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    record = record_for(request, coalition, pk)
    if not policies.can_hold(request.user, record) or record.state != State.HELD:
        raise PermissionDenied(_("Hold the record first; what is held can be erased."))
    if request.method == "POST":
        actions.purge_record(actor=request.user, record=record)
        messages.success(request, _("It is erased."))
        return redirect("records:held_list", coalition.slug)
    has_minutes = record.whole().belonging().exists()
    return ask(
        request,
        title=_("Erase a record"),
        object=record.title,
        sentences=[
            _("Its words, versions and files, what was said about it, and where others quote it: all of it is gone."),
            *([_("All that stands in its minutes is erased with it.")] if has_minutes else []),
            _("That it was there, and who erased it, stays in the record of activities."),
        ],
        button=_("Erase it for good"),
        stop=True,
        back=record.get_absolute_url(),
    )
