"""What the coalition is called, what it works on, and who is on its list."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import actions, policies
from jukwaa.coalitions.area_schemes import load_area_scheme
from jukwaa.coalitions.forms.people import MailingListForm
from jukwaa.coalitions.forms.settings import AreaForm, CoalitionNameForm, SettingsForm
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import AreaOfWork, Coalition, ListEntry
from jukwaa.coalitions.totals import CappedTotal
from jukwaa.coalitions.views.common import handle_directory_form, require_permission
from jukwaa.core.form_view import form_view, get_form_data
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import PageCursor, get_page

SETTINGS_TEMPLATE = "coalitions/settings.html"


@require_http_methods(["GET", "POST"])
def coalition_settings(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_change_settings(request.standing, coalition))
    form = SettingsForm(get_form_data(request), initial=SettingsForm.get_initial(coalition))
    return form_view(
        request,
        form,
        template=SETTINGS_TEMPLATE,
        context={"names": coalition.names.all()},
        action=lambda: _save_coalition_settings(request, form),
        current_values=lambda conflict: SettingsForm.get_initial(conflict.current),
        success_message=_("The settings have been saved."),
        redirect_to=_get_coalition_url("settings", coalition),
    )


def _save_coalition_settings(request: MemberRequest, form: SettingsForm) -> None:
    on, seen = form.cleaned_data["on"], form.cleaned_data["seen"]
    actions.change_coalition(
        actor=request.user,
        coalition=request.coalition,
        changed_fields=form.get_changed_fields(),
        effective_on=on,
        seen_fingerprint=seen,
    )


@require_http_methods(["GET", "POST"])
def coalition_name_add(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_change_settings(request.standing, coalition))
    form = CoalitionNameForm(get_form_data(request))
    return handle_directory_form(
        request,
        form,
        title=_("Add a former name"),
        lead_text=_("Former names are listed with their dates in the settings."),
        button_label=_("Add name"),
        return_url=_get_coalition_url("settings", coalition),
        action=lambda: actions.add_coalition_name(actor=request.user, coalition=coalition, **form.cleaned_data),
        success_message=_("The former name has been added."),
    )


@require_GET
def area_of_work_list(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_change_settings(request.standing, coalition))
    return render_page(request, "coalitions/areas.html", _build_areas_context(coalition, AreaForm()))


def _build_areas_context(coalition: Coalition, form: AreaForm) -> dict[str, object]:
    areas = _list_areas_of_work(coalition)
    there = {(area.scheme, area.name) for area in areas}
    known = {(part.scheme, name) for part in load_area_scheme("itu-cop").parts for name in part.names}
    return {"areas": areas, "form": form, "can_add_scheme": not known <= there}


def _list_areas_of_work(coalition: Coalition) -> list[AreaOfWork]:
    """The coalition's own first, then what it took over from elsewhere."""
    rows = coalition.areas.annotate(organisations_with_it=Count("organisations"))
    return sorted(rows, key=lambda area: area.scheme != AreaOfWork.Scheme.COALITION)


@require_POST
def area_of_work_add(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_change_settings(request.standing, coalition))
    form = AreaForm(request.POST)
    return form_view(
        request,
        form,
        template="coalitions/areas.html",
        context=_build_areas_context(coalition, form),
        action=lambda: actions.add_area_of_work(actor=request.user, coalition=coalition, **form.cleaned_data),
        redirect_to=redirect("coalitions:areas", coalition.slug),
    )


@require_http_methods(["GET", "POST"])
def area_of_work_rename(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_permission(policies.can_change_settings(request.standing, coalition))
    area = get_object_or_404(AreaOfWork, coalition=coalition, pk=pk)
    form = AreaForm(get_form_data(request), initial={"name": area.name})
    title = _("Rename %(name)s") % {"name": area.name}
    return handle_directory_form(
        request,
        form,
        title=title,
        button_label=_("Rename"),
        return_url=_get_coalition_url("areas", coalition),
        action=lambda: actions.rename_area_of_work(actor=request.user, area=area, **form.cleaned_data),
        success_message=_("The area has been renamed everywhere."),
    )


@require_POST
def area_of_work_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_permission(policies.can_change_settings(request.standing, coalition))
    area = get_object_or_404(AreaOfWork, coalition=coalition, pk=pk)
    return form_view(
        request,
        action=lambda: actions.remove_area_of_work(actor=request.user, area_of_work=area),
        success_message=_("The area has been removed."),
        redirect_to=_get_coalition_url("areas", coalition),
    )


@require_POST
def area_scheme_add(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    return form_view(
        request,
        action=lambda: actions.add_area_scheme(actor=request.user, coalition=coalition, scheme_name="itu-cop"),
        success_message=_("The areas and audiences of ITU's Child Online Protection initiative have been added."),
        redirect_to=_get_coalition_url("areas", coalition),
    )


@require_GET
def mailing_list_page(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_manage_mailing_list(request.standing, coalition))
    return render_page(
        request, "coalitions/list.html", _build_mailing_list_context(request, MailingListForm(coalition=coalition))
    )


@require_POST
def mailing_list_add(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require_permission(policies.can_manage_mailing_list(request.standing, coalition))
    form = MailingListForm(request.POST, coalition=coalition)
    return form_view(
        request,
        form,
        template="coalitions/list.html",
        context=_build_mailing_list_context(request, form),
        action=lambda: actions.add_to_mailing_list(
            actor=request.user,
            coalition=coalition,
            email=form.cleaned_data["email"],
            person_name=form.cleaned_data["name"],
        ),
        redirect_to=redirect("coalitions:list_entries", coalition.slug),
    )


def _build_mailing_list_context(request: MemberRequest, form: MailingListForm) -> dict[str, object]:
    rows = ListEntry.objects.filter(coalition=request.coalition, ends_on__isnull=True).select_related("person")
    return {
        "page": get_page(rows, ("pk",), PageCursor.of(request)),
        "total": CappedTotal.of(rows),
        "form": form,
    }


@require_POST
def mailing_list_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require_permission(policies.can_manage_mailing_list(request.standing, coalition))
    entry = get_object_or_404(ListEntry, coalition=coalition, pk=pk)
    return form_view(
        request,
        action=lambda: actions.remove_from_mailing_list(actor=request.user, list_entry=entry),
        success_message=_("The person has been marked as unsubscribed. Their membership has not changed."),
        redirect_to=_get_coalition_url("list_entries", coalition),
    )


def _get_coalition_url(url_name: str, coalition: Coalition) -> str:
    return redirect(f"coalitions:{url_name}", coalition.slug).url
