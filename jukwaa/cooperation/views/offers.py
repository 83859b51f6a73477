"""Offers and needs: the lists, the page of one, saying it, changing it, closing it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation import help_lists, policies
from jukwaa.cooperation.actions import offers as actions
from jukwaa.cooperation.figures import build_figure_tables
from jukwaa.cooperation.forms.offers import ChangeHelpForm, CloseHelpForm, CloseNeedForm, HelpFilterForm, NewHelpForm
from jukwaa.cooperation.models import Need, Offer
from jukwaa.cooperation.presenters import HelpPage
from jukwaa.cooperation.schema import HelpType, guess_help_type_from_text, load_help_types
from jukwaa.cooperation.views.common import (
    HELP_MODEL_BY_SIDE,
    build_help_context,
    find_help_created_from_record,
    get_help_or_404,
    get_help_type_or_404,
)
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor
from jukwaa.records.models import Record
from jukwaa.records.policies import is_author
from jukwaa.records.views.common import get_origin_or_404

NEW_TEMPLATE, EDIT_TEMPLATE, CLOSE_TEMPLATE = (f"cooperation/help_{page}.html" for page in ("new", "edit", "close"))


@login_not_required
@require_GET
@cache_for_visitors
def help_overview(request: Request, coalition: Coalition) -> HttpResponse:
    """What is needed and nobody has answered, and what is offered."""
    viewer, speaks_for = request.user, request.standing.speaks_for
    context = {
        "needs": help_lists.get_newest_help(Need, viewer, coalition, only_untaken=True),
        "offers": help_lists.get_newest_help(Offer, viewer, coalition),
        "own": [
            each for model in (Need, Offer) for each in help_lists.get_own_help(model, viewer, coalition, speaks_for)
        ],
        "may_offer": bool(speaks_for),
    }
    return render_page(request, "cooperation/overview.html", build_help_context("", **context))


@login_not_required
@require_GET
@cache_for_visitors
def help_list(request: Request, coalition: Coalition, side: str) -> HttpResponse:
    form = HelpFilterForm(request.GET, viewer_standing=request.standing, side_name=side)
    sought = form.get_filter_values()
    listed = help_lists.get_help_page(HELP_MODEL_BY_SIDE[side], request.user, coalition, sought, PageCursor.of(request))
    context = {
        "form": form,
        "page": listed,
        "is_filtered": bool(sought),
        "may_offer": bool(request.standing.speaks_for),
    }
    return render_page(request, "cooperation/help_list.html", build_help_context(side, **context))


@login_not_required
@require_GET
@cache_for_visitors
def help_figures(request: Request, coalition: Coalition) -> HttpResponse:
    """Who offers, who needs, who pledges, who works together: by region and by stakeholder group."""
    return render_page(
        request,
        "cooperation/figures.html",
        build_help_context("", tables=list(build_figure_tables(request.user, coalition))),
    )


@login_not_required
@require_GET
@cache_for_visitors
def help_detail(request: Request, coalition: Coalition, pk: int, side: str) -> HttpResponse:
    given = get_help_or_404(request, coalition, side, pk)
    shown = HelpPage(given, request.standing)
    return render_page(request, "cooperation/help_detail.html", build_help_context(side, given=given, shown=shown))


@require_http_methods(["GET", "POST"])
def help_new(request: MemberRequest, coalition: Coalition, side: str) -> HttpResponse:
    """First what sort of help it is, unless a sentence of the record tells; then the form of that sort."""
    origin = get_origin_or_404(request, coalition)
    _require_origin_representative(request, origin)
    if not (request.GET.get("sort") or origin):
        return render_page(request, "cooperation/sort_choice.html", build_help_context(side, sorts=load_help_types()))
    sort = (
        get_help_type_or_404(request.GET["sort"])
        if request.GET.get("sort")
        else guess_help_type_from_text(origin.title if origin else "")
    )
    form = _build_new_help_form(request, side, sort, origin, get_form_data(request))
    told = (
        _("Offer published.")
        if side == "offer"
        else _("Need published. Offers that could help are listed on this page.")
    )
    return form_view(
        request,
        form,
        template=NEW_TEMPLATE,
        context=lambda: _build_new_help_context(request, side, form, origin),
        action=lambda: actions.create_offer_or_need(
            actor=request.user, coalition=coalition, help_model=HELP_MODEL_BY_SIDE[side], **form.get_action_arguments()
        ),
        success_message=told,
        redirect_to=lambda given: given,
    )


@require_http_methods(["GET", "POST"])
def help_type_page(request: MemberRequest, coalition: Coalition, sort: str, side: str) -> HttpResponse:
    """The form of another sort of help, with all that was typed. Nothing is written down."""
    origin, meant = get_origin_or_404(request, coalition), get_help_type_or_404(sort)
    _require_origin_representative(request, origin)
    if request.method == "GET":
        return redirect(_get_new_help_url(request, side, meant))
    form = _build_new_help_form(request, side, meant, origin)
    return form_view(
        request,
        action=lambda: form.restore_typed_data(request.POST),
        redirect_to=lambda beside: render_page(
            request, NEW_TEMPLATE, _build_new_help_context(request, side, form, origin) | {"beside": beside}
        ),
    )


def _build_new_help_form(
    request: MemberRequest,
    side_name: str,
    help_type: HelpType,
    origin_record: Record | None,
    post_data: QueryDict | None = None,
) -> NewHelpForm:
    initial = _get_initial_help_values(request, origin_record)
    return NewHelpForm(
        post_data,
        standing=request.standing,
        side_name=side_name,
        sort=help_type,
        origin_record=origin_record,
        initial=initial,
    )


def _build_new_help_context(
    request: MemberRequest, side_name: str, form: NewHelpForm, origin_record: Record | None
) -> dict[str, Any]:
    there = find_help_created_from_record(request, origin_record, side_name)
    to = _get_new_help_url(request, side_name, form.about)
    return build_help_context(
        side_name, form=form, sort=form.about, sorts=load_help_types(), origin=origin_record, there=there, to=to
    )


def _get_new_help_url(request: MemberRequest, side_name: str, help_type: HelpType) -> str:
    """Of the form of a sort, with what it begins as."""
    asked = request.GET.copy()
    asked["sort"] = help_type.name
    return f"{reverse(f'cooperation:{side_name}_new', args=[request.standing.coalition.slug])}?{asked.urlencode()}"


def _require_origin_representative(request: MemberRequest, origin_record: Record | None) -> None:
    """Whoever speaks for no organisation writes down at most what the record says that others offer."""
    if not (request.standing.speaks_for or (origin_record is not None and request.standing.is_rapporteur)):
        raise PermissionDenied(
            _("You can publish offers and needs once your organisation has confirmed that you may represent it.")
        )


def _get_initial_help_values(request: MemberRequest, origin_record: Record | None) -> dict[str, Any]:
    """What the record says already, and no wider than that."""
    if origin_record is None:
        return {}
    return {
        "title": origin_record.title[:250],
        "language": origin_record.language,
        "label": origin_record.label,
        "whose": request.GET.get("whose", "")[:250],
        "areas": list(origin_record.areas.all()),
        "countries": origin_record.countries,
    }


@require_http_methods(["GET", "POST"])
def help_edit(request: MemberRequest, coalition: Coalition, pk: int, side: str) -> HttpResponse:
    given = get_help_or_404(request, coalition, side, pk)
    if not (given.is_open_to_change and policies.can_change_help(request.standing, given)):
        raise PermissionDenied(
            _(
                "Only the author, people who represent the organisation, rapporteurs, editors and coordinators can "
                "edit this offer or need."
            )
        )
    form = _build_change_form(request, given)
    return form_view(
        request,
        form,
        template=EDIT_TEMPLATE,
        context=build_help_context(side, given=given),
        action=lambda: _change_help_from_form(request, given, form),
        current_values=lambda _conflict: ChangeHelpForm.get_initial(get_help_or_404(request, coalition, side, pk)),
        success_message=_("The changes have been saved. You can find the previous version in the history."),
        redirect_to=given,
    )


def _build_change_form(request: MemberRequest, help_record: Offer | Need) -> ChangeHelpForm:
    sets_readers = is_author(request.standing, help_record) or policies.represents_help_owner(
        request.standing, help_record
    )
    return ChangeHelpForm(
        get_form_data(request), standing=request.standing, help_record=help_record, sets_readers=sets_readers
    )


def _change_help_from_form(request: MemberRequest, help_record: Offer | Need, form: ChangeHelpForm) -> Offer | Need:
    return actions.change_offer_or_need(
        actor=request.user,
        offer_or_need=help_record,
        changes=form.get_changed_fields(),
        from_version=form.cleaned_data["version"],
        areas=list(form.cleaned_data["areas"]),
        readers=form.readers() if form.sets_readers else None,
        contact=form.get_contact_change(),
        owner=form.owner,
    )


@require_http_methods(["GET", "POST"])
def help_close(request: MemberRequest, coalition: Coalition, pk: int, side: str) -> HttpResponse:
    given = get_help_or_404(request, coalition, side, pk)
    if not (policies.can_confirm_help(request.standing, given) or request.standing.is_coordinator):
        raise PermissionDenied(
            _("Only coordinators and people who represent the organisation can confirm or close this offer or need.")
        )
    form = (CloseHelpForm if side == "offer" else CloseNeedForm)(get_form_data(request))
    return form_view(
        request,
        form,
        template=CLOSE_TEMPLATE,
        context=build_help_context(side, given=given),
        action=lambda: actions.close_offer_or_need(
            actor=request.user, help_record=given, reason=form.cleaned_data["reason"]
        ),
        success_message=_("The offer or need has been closed. People can still read it."),
        redirect_to=given,
    )


@require_POST
def help_confirm(request: MemberRequest, coalition: Coalition, pk: int, side: str) -> HttpResponse:
    given = get_help_or_404(request, coalition, side, pk)
    return form_view(
        request,
        action=lambda: actions.confirm_offer_or_need(actor=request.user, help_record=given),
        success_message=_("Confirmed as up to date. We will ask you again in 6 months."),
        redirect_to=given,
    )
