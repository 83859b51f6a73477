"""What the pages of offers and needs share: the one that may be seen, and what surrounds it."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, StringAgg, TextField, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404

from jukwaa.coalitions.http import MemberRequest, Request
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.cooperation.actions.offers import build_has_left_condition
from jukwaa.cooperation.models import Enquiry, Match, Need, Offer
from jukwaa.cooperation.schema import HelpType, get_help_type
from jukwaa.core.prepared import QueryParameter, execute_prepared
from jukwaa.records.models import Authorship, Link, Record

type AnyRequest = Request | MemberRequest

HELP_MODEL_BY_SIDE: dict[str, type[Offer | Need]] = {"offer": Offer, "need": Need}
LINE_BREAK_VALUE = Value("\n")


def get_help_or_404(request: AnyRequest, coalition: Coalition, side_name: str, pk: int) -> Any:
    """An offer or a need, with what its page asks next; 404 for what one may not see."""
    found = execute_prepared(_query_help_page_facts, side_name, request.user, coalition, QueryParameter(pk))
    if not found:
        raise Http404
    given = found[0]
    given.coalition = coalition
    if given.organisation is not None:
        given.organisation.coalition = coalition
    request.standing.wrote[pk] = given.own
    return given


def _query_help_page_facts(side_name: str, viewer: Viewer, coalition: Coalition, pk: int) -> QuerySet[Any]:
    """Whether the viewer wrote it, whether a match or a question hangs on it at all, and its areas of work: a line for
    each, with its number and its name.
    """
    own = Authorship.objects.filter(record=OuterRef("pk"), person=viewer.pk)
    areas = AreaOfWork.objects.filter(records=OuterRef("pk")).order_by().values("coalition")
    line = Concat(Cast("pk", TextField()), Value(" "), "name", output_field=TextField())
    rows: Any = HELP_MODEL_BY_SIDE[side_name].objects.visible_to(viewer).of(coalition).filter(pk=pk)
    return rows.select_related("organisation", "contact").annotate(  # type: ignore[no-any-return]  # of Any
        has_left=build_has_left_condition(),
        own=Exists(own),
        is_met=Exists(Match.objects.filter(**{side_name: OuterRef("pk")})),
        is_asked_about=Exists(Enquiry.objects.filter(need=OuterRef("pk"))),
        area_lines=areas.annotate(all=StringAgg(line, LINE_BREAK_VALUE)).values("all"),
    )


def get_help_type_or_404(sort_name: str) -> HelpType:
    """404 for a sort that is not there."""
    try:
        return get_help_type(sort_name)
    except LookupError as error:
        raise Http404 from error


def find_help_created_from_record(request: MemberRequest, origin_record: Record | None, side_name: str) -> list[Any]:
    """What was made of the same sentence before, so that it is not made twice."""
    if origin_record is None:
        return []
    began = {"links_out__to_record": origin_record.pk, "links_out__relation": Link.Relation.BEGAN_AS}
    rows: Any = HELP_MODEL_BY_SIDE[side_name].objects.visible_to(request.user).of(origin_record.coalition)
    made = list(rows.filter(**began).distinct()[:3])
    for given in made:
        given.coalition = origin_record.coalition
    return made


def build_help_context(side: str, **extra: Any) -> dict[str, Any]:
    """The context of every page of offers and needs: its place in the menu, its tab."""
    return {"side": side, **extra}
