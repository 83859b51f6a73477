"""Who is shown as knowing something: by the directory, by what they shared in the library, by what they answered.

It says what the record says, and no more: organisations, never persons, and nothing that the viewer may not read.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models import Membership, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.models import Enquiry, Need
from jukwaa.core.list_formatting import format_list_in_sentence
from jukwaa.library.schema import kinds
from jukwaa.records import index
from jukwaa.records.models import Authorship, State

MAX_SUGGESTED_EXPERTS = 6
MAX_EXPERT_RECORDS_READ = 100  # records that speak of it
AREA_WEIGHT, ITEM_WEIGHT, ANSWER_WEIGHT = 1.0, 1.0, 2.0


@dataclass
class ExpertSuggestion:
    """An organisation, and why it is shown: areas of its own, items it shared, questions it answered."""

    organisation: Organisation
    areas: list[str] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)  # address and title
    answers: int = 0

    @property
    def match_weight(self) -> float:
        return AREA_WEIGHT * len(self.areas) + ITEM_WEIGHT * len(self.items) + ANSWER_WEIGHT * self.answers

    @property
    def reasons(self) -> list[str]:
        said = []
        if self.areas:
            said.append(_("Works on: %(areas)s") % {"areas": format_list_in_sentence(self.areas)})
        if self.items:
            number = len(self.items)
            said.append(
                ngettext("%(n)s library item on this topic", "%(n)s library items on this topic", number)
                % {"n": number}
            )
        if self.answers:
            said.append(
                ngettext("%(n)s question answered on this site", "%(n)s questions answered on this site", self.answers)
                % {"n": self.answers}
            )
        return said


def get_suggested_experts(need: Need, area_names: dict[int, str], viewer_standing: Standing) -> list[ExpertSuggestion]:
    """At most six members, the best known for it first; for this viewer, until something changes."""
    return get_or_build_cached(
        need.coalition,
        f"experts-{need.pk}-{viewer_standing.viewer.pk}",
        lambda: find_expert_organisations(need, area_names, viewer_standing.viewer),
    )


def find_expert_organisations(need: Need, area_names: dict[int, str], viewer: Viewer) -> list[ExpertSuggestion]:
    """Find the experts without the cache, with four queries; also for a need that has not been saved."""
    worked = _find_areas_by_organisation(need, area_names)
    shared = _find_items_by_organisation(need, viewer)
    active = Membership.objects.active().filter(organisation=OuterRef("pk"))
    members = Organisation.objects.of(need.coalition).exclude(pk=need.organisation_id or 0).filter(Exists(active))
    known: Any = members.annotate(answers=_build_answer_count_subquery(need, viewer)).filter(
        Q(pk__in={*worked, *shared}) | Q(answers__gt=0)
    )
    found = []
    for organisation in known:
        organisation.coalition = need.coalition
        pk = organisation.pk
        found.append(ExpertSuggestion(organisation, worked.get(pk, []), shared.get(pk, []), organisation.answers))
    return sorted(found, key=lambda expert: (-expert.match_weight, expert.organisation.name.casefold()))[
        :MAX_SUGGESTED_EXPERTS
    ]


def _find_areas_by_organisation(need: Need, area_names: dict[int, str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Organisation.areas.through.objects.filter(areaofwork__in=area_names, organisation__coalition=need.coalition)
    for organisation, area in rows.order_by("areaofwork__name").values_list("organisation", "areaofwork"):
        found[organisation].append(area_names[area])
    return found


def _find_items_by_organisation(need: Need, viewer: Viewer) -> dict[int, list[tuple[str, str]]]:
    """What of the library speaks of it, by whom it was shared."""
    words = " ".join(dict.fromkeys(need.terms.values()))
    numbers = index.find_records_with_any_word(
        need.coalition, viewer, words, language=need.language, record_kind=None, max_results=MAX_EXPERT_RECORDS_READ
    )
    of_library = Q(record__state=State.PUBLISHED, record__kind__in=[kind.name for kind in kinds()])
    rows = Authorship.objects.filter(of_library, record__in=numbers, capacity__organisation__isnull=False)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in rows.select_related("record", "capacity").order_by("record", "pk"):
        row.record.coalition = need.coalition
        if row.capacity is not None and row.capacity.organisation_id is not None:
            found[row.capacity.organisation_id][row.record.get_absolute_url()] = row.record.title
    return {organisation: list(items.items()) for organisation, items in found.items()}


def _build_answer_count_subquery(need: Need, viewer: Viewer) -> Any:
    """How many questions an organisation answered, of needs of the same sort that this viewer may read."""
    rows = Enquiry.objects.visible_to(viewer).filter(
        organisation=OuterRef("pk"), answered_at__isnull=False, need__coalition=need.coalition, need__sort=need.sort
    )
    counted: Any = rows.order_by().values("organisation").annotate(number=Count("pk", distinct=True))
    return Coalesce(Subquery(counted.values("number"), output_field=IntegerField()), 0)
