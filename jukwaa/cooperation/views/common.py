"""What the pages of offers and needs share: the one that may be seen, and what surrounds it."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation.actions.offers import whose_left
from jukwaa.cooperation.models import Need, Offer
from jukwaa.cooperation.schema import Sort, sort_called
from jukwaa.records.models import Link, Record, State

type AnyRequest = Request | MemberRequest

MODELS: dict[str, type[Offer | Need]] = {"offer": Offer, "need": Need}
LONGEST_NUMBER = 18


def visible_help(request: AnyRequest, coalition: Coalition, side: str, pk: int) -> Any:
    """An offer or a need; 404 for what one may not see."""
    rows: Any = MODELS[side].objects.visible_to(request.user).of(coalition).select_related("organisation", "contact")
    rows = rows.annotate(has_left=whose_left())
    given: Any = get_object_or_404(rows, pk=pk)
    given.coalition = coalition
    if given.organisation is not None:
        given.organisation.coalition = coalition
    return given


def sort_in(name: str) -> Sort:
    """404 for a sort that is not there."""
    try:
        return sort_called(name)
    except LookupError as error:
        raise Http404 from error


def origin_in(request: MemberRequest, coalition: Coalition) -> Record | None:
    """The record in which somebody says so: `?from=7`. 404 for one that one may not see."""
    number = request.GET.get("from", "")
    if not number:
        return None
    readable = Record.objects.visible_to(request.user).of(coalition).filter(state=State.PUBLISHED)
    found = get_object_or_404(readable, pk=int(number) if number.isdecimal() and len(number) <= LONGEST_NUMBER else 0)
    found.coalition = coalition
    return found


def made_of(request: MemberRequest, origin: Record | None, side: str) -> list[Any]:
    """What was made of the same sentence before, so that it is not made twice."""
    if origin is None:
        return []
    began = {"links_out__to_record": origin.pk, "links_out__relation": Link.Relation.BEGAN_AS}
    rows: Any = MODELS[side].objects.visible_to(request.user).of(origin.coalition)
    made = list(rows.filter(**began).distinct()[:3])
    for given in made:
        given.coalition = origin.coalition
    return made


def around(side: str, **more: Any) -> dict[str, Any]:
    """The context of every page of offers and needs: its place in the menu, its tab."""
    return {"here": "together", "tab": "help", "side": side, **more}
