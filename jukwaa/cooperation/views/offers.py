"""Offers and needs: the lists, the page of one, saying it, changing it, closing it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation import lists, policies
from jukwaa.cooperation.actions import offers as actions
from jukwaa.cooperation.figures import tables
from jukwaa.cooperation.forms.offers import ChangeHelpForm, CloseForm, NarrowForm, NewHelpForm
from jukwaa.cooperation.models import Need, Offer
from jukwaa.cooperation.schema import Sort, sort_meant, sorts
from jukwaa.cooperation.shown import HelpPage
from jukwaa.cooperation.views.common import MODELS, around, made_of, sort_in, visible_help
from jukwaa.core.form_view import form_data, form_view
from jukwaa.core.http import page
from jukwaa.core.keyset import Place
from jukwaa.records.models import Record
from jukwaa.records.policies import is_author
from jukwaa.records.views.common import origin_in

NEW, EDIT, CLOSE = (f"cooperation/help_{page}.html" for page in ("new", "edit", "close"))


@login_not_required
@require_GET
@kept_for_visitors
def overview(request: Request, coalition: Coalition) -> HttpResponse:
    """What is needed and nobody has answered, and what is offered."""
    viewer, speaks_for = request.user, request.standing.speaks_for
    context = {
        "needs": lists.first_few(Need, viewer, coalition, untaken=True),
        "offers": lists.first_few(Offer, viewer, coalition),
        "own": [each for model in (Need, Offer) for each in lists.own(model, viewer, coalition, speaks_for)],
        "may_offer": bool(speaks_for),
    }
    return page(request, "cooperation/overview.html", around("", **context))


@login_not_required
@require_GET
@kept_for_visitors
def help_list(request: Request, coalition: Coalition, side: str) -> HttpResponse:
    form = NarrowForm(request.GET, standing=request.standing, side=side)
    sought = form.sought()
    listed = lists.helps(MODELS[side], request.user, coalition, sought, Place.of(request))
    context = {
        "form": form,
        "page": listed,
        "is_filtered": bool(sought),
        "may_offer": bool(request.standing.speaks_for),
    }
    return page(request, "cooperation/help_list.html", around(side, **context))


@login_not_required
@require_GET
@kept_for_visitors
def figures(request: Request, coalition: Coalition) -> HttpResponse:
    """Who offers, who needs, who pledges, who works together: by region and by stakeholder group."""
    return page(request, "cooperation/figures.html", around("", tables=list(tables(request.user, coalition))))


@login_not_required
@require_GET
@kept_for_visitors
def help_detail(request: Request, coalition: Coalition, pk: int, side: str) -> HttpResponse:
    given = visible_help(request, coalition, side, pk)
    shown = HelpPage(given, request.standing)
    return page(request, "cooperation/help_detail.html", around(side, given=given, shown=shown))


@require_http_methods(["GET", "POST"])
def help_new(request: MemberRequest, coalition: Coalition, side: str) -> HttpResponse:
    """First what sort of help it is, unless a sentence of the record tells; then the form of that sort."""
    origin = origin_in(request, coalition)
    _refuse_others(request, origin)
    if not (request.GET.get("sort") or origin):
        return page(request, "cooperation/sort_choice.html", around(side, sorts=sorts()))
    sort = sort_in(request.GET["sort"]) if request.GET.get("sort") else sort_meant(origin.title if origin else "")
    form = _new_form(request, side, sort, origin, form_data(request))
    told = (
        _("Offer published.")
        if side == "offer"
        else _("Need published. Offers that could help are listed on this page.")
    )
    return form_view(
        request,
        form,
        template=NEW,
        context=lambda: _around_new(request, side, form, origin),
        action=lambda: actions.offer_help(actor=request.user, coalition=coalition, model=MODELS[side], **form.told()),
        success=told,
        redirect_to=lambda given: given,
    )


@require_http_methods(["GET", "POST"])
def help_sort(request: MemberRequest, coalition: Coalition, sort: str, side: str) -> HttpResponse:
    """The form of another sort of help, with all that was typed. Nothing is written down."""
    origin, meant = origin_in(request, coalition), sort_in(sort)
    _refuse_others(request, origin)
    if request.method == "GET":
        return redirect(_address(request, side, meant))
    form = _new_form(request, side, meant, origin)
    return form_view(
        request,
        action=lambda: form.begin_with(request.POST),
        redirect_to=lambda beside: page(request, NEW, _around_new(request, side, form, origin) | {"beside": beside}),
    )


def _new_form(
    request: MemberRequest, side: str, sort: Sort, origin: Record | None, sent: QueryDict | None = None
) -> NewHelpForm:
    initial = _initial(request, origin)
    return NewHelpForm(sent, standing=request.standing, side=side, sort=sort, origin=origin, initial=initial)


def _around_new(request: MemberRequest, side: str, form: NewHelpForm, origin: Record | None) -> dict[str, Any]:
    there = made_of(request, origin, side)
    to = _address(request, side, form.about)
    return around(side, form=form, sort=form.about, sorts=sorts(), origin=origin, there=there, to=to)


def _address(request: MemberRequest, side: str, sort: Sort) -> str:
    """Of the form of a sort, with what it begins as."""
    asked = request.GET.copy()
    asked["sort"] = sort.name
    return f"{reverse(f'cooperation:{side}_new', args=[request.standing.coalition.slug])}?{asked.urlencode()}"


def _refuse_others(request: MemberRequest, origin: Record | None) -> None:
    """Whoever speaks for no organisation writes down at most what the record says that others offer."""
    if not (request.standing.speaks_for or (origin is not None and request.standing.is_rapporteur)):
        raise PermissionDenied(
            _("You can publish offers and needs once your organisation has confirmed that you may represent it.")
        )


def _initial(request: MemberRequest, origin: Record | None) -> dict[str, Any]:
    """What the record says already, and no wider than that."""
    if origin is None:
        return {}
    return {
        "title": origin.title[:250],
        "language": origin.language,
        "label": origin.label,
        "whose": request.GET.get("whose", "")[:250],
        "areas": list(origin.areas.all()),
        "countries": origin.countries,
    }


@require_http_methods(["GET", "POST"])
def help_edit(request: MemberRequest, coalition: Coalition, pk: int, side: str) -> HttpResponse:
    given = visible_help(request, coalition, side, pk)
    if not (given.is_open_to_change and policies.can_change_help(request.standing, given)):
        raise PermissionDenied(
            _(
                "Only people who represent the organisation, the author, rapporteurs, editors and coordinators can "
                "change this."
            )
        )
    form = _change_form(request, given)
    return form_view(
        request,
        form,
        template=EDIT,
        context=around(side, given=given),
        action=lambda: _change_help(request, given, form),
        current_values=lambda _conflict: ChangeHelpForm.initial_of(visible_help(request, coalition, side, pk)),
        success=_("Saved. You can find the previous version in the history."),
        redirect_to=given,
    )


def _change_form(request: MemberRequest, given: Offer | Need) -> ChangeHelpForm:
    sets_readers = is_author(request.standing, given) or policies.answers_for(request.standing, given)
    return ChangeHelpForm(form_data(request), standing=request.standing, given=given, sets_readers=sets_readers)


def _change_help(request: MemberRequest, given: Offer | Need, form: ChangeHelpForm) -> Offer | Need:
    return actions.change_help(
        actor=request.user,
        given=given,
        changes=form.changes(),
        from_version=form.cleaned_data["version"],
        areas=list(form.cleaned_data["areas"]),
        readers=form.readers() if form.sets_readers else None,
        contact=form.contact_told(),
        owner=form.owner,
    )


@require_http_methods(["GET", "POST"])
def help_close(request: MemberRequest, coalition: Coalition, pk: int, side: str) -> HttpResponse:
    given = visible_help(request, coalition, side, pk)
    if not (policies.can_confirm_help(request.standing, given) or request.standing.is_coordinator):
        raise PermissionDenied(_("Only people who represent the organisation, or a coordinator, can do this."))
    form = CloseForm(form_data(request))
    return form_view(
        request,
        form,
        template=CLOSE,
        context=around(side, given=given),
        action=lambda: actions.close_help(actor=request.user, given=given, reason=form.cleaned_data["reason"]),
        success=_("Closed. The page stays readable."),
        redirect_to=given,
    )


@require_POST
def help_confirm(request: MemberRequest, coalition: Coalition, pk: int, side: str) -> HttpResponse:
    given = visible_help(request, coalition, side, pk)
    return form_view(
        request,
        action=lambda: actions.confirm_help(actor=request.user, given=given),
        success=_("Confirmed as up to date. We will ask you again in 6 months."),
        redirect_to=given,
    )
