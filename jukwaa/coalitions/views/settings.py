"""What the coalition is called, what it works on, and who is on its list."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jukwaa.coalitions import actions, policies
from jukwaa.coalitions.forms.people import ListForm
from jukwaa.coalitions.forms.settings import AreaForm, CoalitionNameForm, SettingsForm
from jukwaa.coalitions.http import MemberRequest
from jukwaa.coalitions.models import AreaOfWork, Coalition, ListEntry
from jukwaa.coalitions.paging import Total, key_page
from jukwaa.coalitions.refusals import StaleSettings
from jukwaa.coalitions.views.common import done, form_page, go, press, require, typed
from jukwaa.coalitions.views.reading import Row, rows_that_differ
from jukwaa.core.http import invalid, page


@require_http_methods(["GET", "POST"])
def settings(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require(policies.can_change_settings(request.user, coalition))
    form = SettingsForm(typed(request), initial=SettingsForm.initial_of(coalition))
    context: dict[str, object] = {"form": form, "names": coalition.names.all(), "here": "settings"}
    try:
        if done(request, form, lambda: _save(request, form)):
            return go(request, told=_("The settings are saved."), to=_to("settings", coalition))
    except StaleSettings as stale:
        context["differing"] = _beside(form, stale.current)
    template = "coalitions/settings.html"
    return invalid(request, template, context) if form.errors else page(request, template, context)


def _save(request: MemberRequest, form: SettingsForm) -> None:
    on, seen = form.cleaned_data["on"], form.cleaned_data["seen"]
    actions.change_coalition(actor=request.user, coalition=request.coalition, changes=form.changes(), on=on, seen=seen)


def _beside(form: SettingsForm, current: Coalition) -> list[Row]:
    """What was typed and what stands there now. Sent again, what was typed is meant to stand over it."""
    now = SettingsForm.initial_of(current)
    rows = rows_that_differ(form, now)
    form.add_error(None, _("Somebody changed the settings while you wrote. Nothing was saved; both texts are below."))
    form.data = {**{name: form.data.get(name, "") for name in form.fields}, "seen": now["seen"]}
    return rows


@require_http_methods(["GET", "POST"])
def coalition_name_add(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require(policies.can_change_settings(request.user, coalition))
    form = CoalitionNameForm(typed(request))
    if done(
        request, form, lambda: actions.add_coalition_name(actor=request.user, coalition=coalition, **form.cleaned_data)
    ):
        return go(request, told=_("The name stands in the history."), to=_to("settings", coalition))
    return form_page(
        request,
        form,
        title=_("A name that the coalition had"),
        lead=_("What was written then still leads here."),
        button=_("Keep this name"),
        back=_to("settings", coalition),
    )


@require_GET
def areas(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require(policies.can_change_settings(request.user, coalition))
    context = {"areas": _areas(coalition), "form": AreaForm(), "here": "settings"}
    return page(request, "coalitions/areas.html", context)


def _areas(coalition: Coalition) -> list[AreaOfWork]:
    """The coalition's own first, then what it took over from elsewhere."""
    rows = coalition.areas.annotate(organisations_with_it=Count("organisations"))
    return sorted(rows, key=lambda area: area.scheme != AreaOfWork.Scheme.COALITION)


@require_POST
def area_add(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require(policies.can_change_settings(request.user, coalition))
    form = AreaForm(request.POST)
    if done(request, form, lambda: actions.add_area(actor=request.user, coalition=coalition, **form.cleaned_data)):
        return redirect("coalitions:areas", coalition.slug)
    return invalid(request, "coalitions/areas.html", {"areas": _areas(coalition), "form": form, "here": "settings"})


@require_http_methods(["GET", "POST"])
def area_rename(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require(policies.can_change_settings(request.user, coalition))
    area = get_object_or_404(AreaOfWork, coalition=coalition, pk=pk)
    form = AreaForm(typed(request), initial={"name": area.name})
    if done(request, form, lambda: actions.rename_area(actor=request.user, area=area, **form.cleaned_data)):
        return go(request, told=_("The area has its new name wherever it stands."), to=_to("areas", coalition))
    title = _("Rename %(name)s") % {"name": area.name}
    return form_page(request, form, title=title, button=_("Rename"), back=_to("areas", coalition))


@require_POST
def area_remove(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require(policies.can_change_settings(request.user, coalition))
    area = get_object_or_404(AreaOfWork, coalition=coalition, pk=pk)
    return press(
        request,
        lambda: actions.remove_area(actor=request.user, area=area),
        told=_("The area is removed."),
        to=_to("areas", coalition),
    )


@require_POST
def scheme_add(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    return press(
        request,
        lambda: actions.add_scheme(actor=request.user, coalition=coalition, scheme="itu-cop"),
        told=_("The areas and audiences of ITU's Child Online Protection stand beside your own."),
        to=_to("areas", coalition),
    )


@require_GET
def list_entries(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require(policies.can_keep_list(request.user, coalition))
    return page(request, "coalitions/list.html", _list(request, ListForm()))


@require_POST
def list_add(request: MemberRequest, coalition: Coalition) -> HttpResponse:
    require(policies.can_keep_list(request.user, coalition))
    form = ListForm(request.POST)
    if done(request, form, lambda: actions.put_on_list(actor=request.user, coalition=coalition, **form.cleaned_data)):
        return redirect("coalitions:list_entries", coalition.slug)
    return invalid(request, "coalitions/list.html", _list(request, form))


def _list(request: MemberRequest, form: ListForm) -> dict[str, object]:
    rows = ListEntry.objects.filter(coalition=request.coalition, ends_on__isnull=True).select_related("person")
    return {"page": key_page(rows, by="pk", request=request), "total": Total.of(rows), "form": form, "here": "settings"}


@require_POST
def list_end(request: MemberRequest, coalition: Coalition, pk: int) -> HttpResponse:
    require(policies.can_keep_list(request.user, coalition))
    entry = get_object_or_404(ListEntry, coalition=coalition, pk=pk)
    actions.take_off_list(actor=request.user, entry=entry)
    messages.success(request, _("Noted: no longer on the list. Membership is not touched."))
    return redirect("coalitions:list_entries", coalition.slug)


def _to(name: str, coalition: Coalition) -> str:
    return redirect(f"coalitions:{name}", coalition.slug).url
