"""One time that an event takes place: the call, who takes part, and afterwards the year in one page."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from jukwaa.coalitions.caching import kept_for_visitors
from jukwaa.coalitions.http import Request
from jukwaa.coalitions.models import Coalition
from jukwaa.core.http import page
from jukwaa.core.keyset import Page, Place, page_at
from jukwaa.events import taking_part
from jukwaa.events.models import Occurrence, Pledge
from jukwaa.events.views.common import AnyRequest, around, visible_event, visible_occurrence
from jukwaa.places.countries import COUNTRIES, country_name
from jukwaa.places.pictures import world_map
from jukwaa.records.models import Record, State


@login_not_required
@require_GET
@kept_for_visitors
def occurrence_detail(request: Request, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    found = visible_occurrence(request, coalition, pk, occurrence)
    former = taking_part.before(found)
    context = {
        **shown(request, found),
        "numbers": taking_part.numbers(found),
        "hosts": list(found.hosts.all()),
        "materials": _materials(request, found),
        "voices": taking_part.voices(former),
        "former": former,
        "facts": _has_facts(found),
        "own": own_pledges(request, found),
        "speaks": bool(request.standing.speaks_for),
    }
    return page(request, "events/occurrence_detail.html", context)


def _has_facts(occurrence: Occurrence) -> bool:
    """Whether there is more to say of it than its day."""
    was_moved = occurrence.ruled_on is not None and occurrence.ruled_on != occurrence.starts_on
    said = occurrence.note and occurrence.cancelled_at is None
    return bool(occurrence.place or occurrence.country or occurrence.starts_at or said or was_moved)


def shown(request: AnyRequest, occurrence: Occurrence) -> dict[str, Any]:
    """What every page of one time begins with."""
    return around(request, occurrence.event, occurrence=occurrence)


def own_pledges(request: AnyRequest, occurrence: Occurrence) -> list[Pledge]:
    """Of the organisations that the viewer speaks for."""
    if not request.standing.speaks_for:
        return []
    rows = taking_part.pledges_of(occurrence).filter(organisation__in=request.standing.speaks_for)
    return list(rows.select_related("organisation", "feedback"))


def _materials(request: AnyRequest, occurrence: Occurrence) -> list[Record]:
    """Those that this reader may read, whatever was put there."""
    rows = Record.objects.visible_to(request.user).filter(pk__in=occurrence.materials.values("pk"))
    records = list(rows.filter(state=State.PUBLISHED).order_by("title"))
    for record in records:
        record.coalition = occurrence.event.coalition
    return records


@login_not_required
@require_GET
@kept_for_visitors
def pledge_list(request: Request, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """Who takes part: a tile map, a table of countries, and the pledges, of one country (`?country=`) or of all."""
    found = visible_occurrence(request, coalition, pk, occurrence)
    tally = taking_part.tally(found)
    chosen = request.GET.get("country", "")
    shown_page = _pledges(request, found, chosen)
    for pledge in shown_page.rows:
        pledge.occurrence = found
    context = {
        **shown(request, found),
        **_counted(tally),
        "chosen": chosen,
        "page": shown_page,
    }
    return page(request, "events/pledge_list.html", context)


@login_not_required
@require_GET
def pledge_place(request: Request, coalition: Coalition, pk: int, pledge: int) -> HttpResponse:
    """To the page of the list on which a pledge stands: it is the first one there."""
    event = visible_event(request, coalition, pk)
    found = get_object_or_404(Pledge.objects.standing().filter(occurrence__event=event.pk), pk=pledge)
    before = taking_part.one_before(found)
    address = reverse("events:pledge_list", args=[coalition.slug, pk, found.occurrence_id])
    return redirect(f"{address}{f'?after={before}' if before else ''}#{found.anchor}")


def _pledges(request: Request, occurrence: Occurrence, chosen: str) -> Page[Pledge]:
    """Those of one country, of none, or all."""
    rows = taking_part.pledges_of(occurrence).select_related("organisation")
    if chosen:
        rows = rows.filter(country="" if chosen == "none" else chosen[:2])
    return page_at(rows, ("country", "pk"), Place.of(request))


def _counted(tally: taking_part.Tally) -> dict[str, Any]:
    return {
        "numbers": tally.numbers,
        "map": _map(taking_part.drawn(tally.countries)),
        "countries": _named(tally.countries),
        "regions": tally.regions,
        "groups": tally.groups,
    }


def _map(counts: dict[str, int]) -> Any:
    number = ngettext("Pledges from %(n)s country.", "Pledges from %(n)s countries.", len(counts))
    title = _("World map with one dot for each country.")
    return world_map(counts, title=f"{title} {number % {'n': len(counts)}}")


def _named(counts: Any) -> list[tuple[str, str, int]]:
    """Code, name and number, by name; a code that is no country's today is shown as it was written."""
    language = get_language() or "en"
    named = [
        (
            code,
            country_name(code, language) if code in COUNTRIES else _("%(code)s, no longer a country") % {"code": code},
            number,
        )
        for code, number in counts.items()
        if code
    ]
    without = [("none", _("No country given"), counts[""])] if counts.get("") else []
    return [*sorted(named, key=lambda row: row[1]), *without]


@login_not_required
@require_GET
@kept_for_visitors
def year_detail(request: Request, coalition: Coalition, pk: int, occurrence: int) -> HttpResponse:
    """What came of it, in one page."""
    found = visible_occurrence(request, coalition, pk, occurrence)
    told = taking_part.told(found)
    context = {
        **shown(request, found),
        **_counted(taking_part.tally(found)),
        "told": told,
        "questions": taking_part.questions(told),
        "done": taking_part.done(found),
        "voices": taking_part.voices(found),
        "own": own_pledges(request, found),
        "speaks": bool(request.standing.speaks_for),
    }
    return page(request, "events/year_detail.html", context)
