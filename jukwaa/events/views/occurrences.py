"""One time that an event takes place: the call, who takes part, and afterwards the year in one page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import cache_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import render_page
from jukwaa.core.keyset_pagination import KeysetPage, PageCursor, get_page
from jukwaa.events import participation
from jukwaa.events.models import Occurrence, Pledge
from jukwaa.events.views.common import AnyRequest, build_event_context, get_event_or_404, get_occurrence_or_404
from jukwaa.places.count_graphics import draw_world_map
from jukwaa.places.countries import COUNTRIES_BY_CODE, get_country_name
from jukwaa.records.models import Record, State


@login_not_required
@require_GET
@cache_for_visitors
def occurrence_detail(request: Request, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    found = get_occurrence_or_404(request, coalition, pk, occurrence)
    former = participation.find_previous_occurrence(found)
    context = {
        **build_occurrence_context(request, found),
        "numbers": participation.build_participation_counts(found),
        "hosts": list(found.hosts.all()),
        "materials": _find_readable_materials(request, found),
        "voices": participation.list_quotable_feedback(former),
        "former": former,
        "facts": _has_details_beyond_day(found),
        "own": find_own_pledges(request, found),
        "speaks": bool(request.standing.speaks_for),
    }
    return render_page(request, "events/occurrence_detail.html", context)


def _has_details_beyond_day(occurrence: Occurrence) -> bool:
    """Whether there is more to say of it than its day."""
    was_moved = occurrence.ruled_on is not None and occurrence.ruled_on != occurrence.starts_on
    said = occurrence.note and occurrence.cancelled_at is None
    return bool(occurrence.place or occurrence.country or occurrence.starts_at or said or was_moved)


def build_occurrence_context(request: AnyRequest, occurrence: Occurrence) -> dict[str, Any]:
    """Return the context that every page of an occurrence needs."""
    return build_event_context(request, occurrence.event, occurrence=occurrence)


def find_own_pledges(request: AnyRequest, occurrence: Occurrence) -> list[Pledge]:
    """Return the pledges of the organisations that the viewer represents."""
    if not request.standing.speaks_for:
        return []
    rows = participation.find_occurrence_pledges(occurrence).filter(organisation__in=request.standing.speaks_for)
    return list(rows.select_related("organisation", "feedback"))


def _find_readable_materials(request: AnyRequest, occurrence: Occurrence) -> list[Record]:
    """Return the materials of a call that the viewer may read."""
    rows = Record.objects.visible_to(request.user).filter(pk__in=occurrence.materials.values("pk"))
    records = list(rows.filter(state=State.PUBLISHED).order_by("title"))
    for record in records:
        record.coalition = occurrence.event.coalition
    return records


@login_not_required
@require_GET
@cache_for_visitors
def pledge_list(request: Request, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """Who takes part: a tile map, a table of countries, and the pledges, of one country (`?country=`) or of all."""
    found = get_occurrence_or_404(request, coalition, pk, occurrence)
    tally = participation.count_by_country_and_group(found)
    chosen = request.GET.get("country", "")
    shown_page = _get_pledge_page(request, found, chosen)
    for pledge in shown_page.rows:
        pledge.occurrence = found
    context = {
        **build_occurrence_context(request, found),
        **_build_counts_context(tally),
        "chosen": chosen,
        "page": shown_page,
    }
    return render_page(request, "events/pledge_list.html", context)


@login_not_required
@require_GET
def pledge_redirect(request: Request, coalition: Coalition, pk: int, pledge: int) -> HttpResponse:
    """Redirect to the page of the list that begins with this pledge."""
    event = get_event_or_404(request, coalition, pk)
    found = get_object_or_404(Pledge.objects.standing().filter(occurrence__event=event.pk), pk=pledge)
    before = participation.get_previous_pledge_id(found)
    address = reverse("events:pledge_list", args=[coalition.slug, pk, found.occurrence_id])
    return redirect(f"{address}{f'?after={before}' if before else ''}#{found.anchor}")


def _get_pledge_page(request: Request, occurrence: Occurrence, chosen_host: str) -> KeysetPage[Pledge]:
    """Return a page of the pledges of one country, of no country, or of all."""
    rows = participation.find_occurrence_pledges(occurrence).select_related("organisation")
    if chosen_host:
        rows = rows.filter(country="" if chosen_host == "none" else chosen_host[:2])
    return get_page(rows, ("country", "pk"), PageCursor.of(request))


def _build_counts_context(participation_counts: participation.ParticipationCounts) -> dict[str, Any]:
    return {
        "numbers": participation_counts.numbers,
        "map": _render_participation_map(participation.select_mapped_countries(participation_counts.countries)),
        "countries": _list_countries_with_counts(participation_counts.countries),
        "regions": participation_counts.regions,
        "groups": participation_counts.groups,
    }


def _render_participation_map(country_counts: dict[str, int]) -> Any:
    number = ngettext("Pledges from %(n)s country.", "Pledges from %(n)s countries.", len(country_counts))
    title = _("World map with one dot for each country.")
    return draw_world_map(country_counts, title=f"{title} {number % {'n': len(country_counts)}}")


def _list_countries_with_counts(country_counts: Any) -> list[tuple[str, str, int]]:
    """Return code, name and count of each country, by name; an obsolete code stands for its own name."""
    language = get_language() or "en"
    named = [
        (
            code,
            get_country_name(code, language)
            if code in COUNTRIES_BY_CODE
            else _("%(code)s, no longer a country") % {"code": code},
            number,
        )
        for code, number in country_counts.items()
        if code
    ]
    without = [("none", _("No country given"), country_counts[""])] if country_counts.get("") else []
    return [*sorted(named, key=lambda row: row[1]), *without]


@login_not_required
@require_GET
@cache_for_visitors
def year_detail(request: Request, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """What came of it, in one page."""
    found = get_occurrence_or_404(request, coalition, pk, occurrence)
    told = participation.count_feedback_by_answer(found)
    context = {
        **build_occurrence_context(request, found),
        **_build_counts_context(participation.count_by_country_and_group(found)),
        "told": told,
        "questions": participation.build_question_results(told),
        "done": participation.list_latest_feedback(found),
        "voices": participation.list_quotable_feedback(found),
        "own": find_own_pledges(request, found),
        "speaks": bool(request.standing.speaks_for),
    }
    return render_page(request, "events/year_detail.html", context)
