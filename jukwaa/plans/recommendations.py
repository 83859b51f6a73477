"""What fits beside a capability: practices from elsewhere, offers that could help, and who is known for it.

Reads what the reader may read anyway. Nobody is asked, and nobody can tell that it was looked for.
"""

import re
from dataclasses import dataclass

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.translation import get_language

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.experts import ExpertSuggestion, find_expert_organisations
from jukwaa.cooperation.models import NEED_KIND, Need
from jukwaa.cooperation.models.help import extract_help_terms
from jukwaa.cooperation.schema import HelpType, guess_help_type_from_text, load_help_types
from jukwaa.cooperation.suggestions import SuggestedHelp, find_help_suggestions
from jukwaa.library.models import Item
from jukwaa.library.schema import get_frameworks
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.plans.models import Plan
from jukwaa.plans.plan_page import CapabilityEntry
from jukwaa.records.models import NEWEST_RECORD_FIRST, State

MAX_PRACTICES, MAX_CANDIDATES = 6, 60


@dataclass(frozen=True)
class CapabilityRecommendations:
    practices: list[Item]
    offers: list[SuggestedHelp]
    experts: list[ExpertSuggestion]


def get_capability_recommendations(
    plan: Plan, capability_entry: CapabilityEntry, viewer_standing: Standing
) -> CapabilityRecommendations:
    """For this reader, until something changes."""
    number = capability_entry.said.number if capability_entry.said else 0
    key = f"plan-{plan.pk}-{capability_entry.capability.value}-{number}-{viewer_standing.viewer.pk}-{get_language()}"
    return get_or_build_cached(
        plan.coalition, key, lambda: _find_plan_recommendations(plan, capability_entry, viewer_standing.viewer)
    )


def _find_plan_recommendations(
    plan: Plan, capability_entry: CapabilityEntry, viewer: Viewer
) -> CapabilityRecommendations:
    wish = _build_unsaved_need(plan, capability_entry)
    return CapabilityRecommendations(
        _find_shared_practices(plan, capability_entry, viewer),
        find_help_suggestions(wish, {}, viewer),
        find_expert_organisations(wish, {}, viewer),
    )


def guess_help_type(words: str) -> HelpType:
    """The sort of help that these words name; where they name none, advice, to which most others are near."""
    meant = guess_help_type_from_text(words)
    if set(meant.cues) & set(re.findall(r"[^\W\d_]+", words.casefold())):
        return meant
    return next((sort for sort in load_help_types() if sort.asks_experts), meant)


def _build_unsaved_need(plan: Plan, capability_entry: CapabilityEntry) -> Need:
    """What would be asked for, for comparing alone: it is never saved."""
    language = plan.coalition.language
    with translation.override(language):
        title = str(capability_entry.capability.label)
    step = capability_entry.said.next_step if capability_entry.said else ""
    need = Need(
        pk=0,
        coalition=plan.coalition,
        kind=NEED_KIND,
        sort=guess_help_type(f"{title} {step}").name,
        title=title,
        summary=step,
        language=language,
        countries=[plan.country] if plan.country in COUNTRIES_BY_CODE else [],
    )
    need.terms = extract_help_terms(need)
    return need


def find_counterpart_capabilities(capability_value: str) -> set[str]:
    """The capability itself, what it was in the edition before, and what it becomes in the next."""
    known = {capability_value}
    for framework in get_frameworks():
        known |= set(framework.goes_on.get(capability_value, ()))
        known |= {before for before, becomes in framework.goes_on.items() if capability_value in becomes}
    return known


def _find_shared_practices(plan: Plan, capability_entry: CapabilityEntry, viewer: Viewer) -> list[Item]:
    """Of the library, the newest first, and those of the country itself last: it knows them."""
    speaks_of = Q()
    for value in find_counterpart_capabilities(capability_entry.capability.value):
        speaks_of |= Q(written__contains=f'"{value}"')
    rows = Item.objects.visible_to(viewer).of(plan.coalition).filter(state=State.PUBLISHED)
    found = rows.alias(written=Cast("details", TextField())).filter(speaks_of)
    items = list(found.order_by(*NEWEST_RECORD_FIRST)[:MAX_CANDIDATES])
    items.sort(key=lambda item: plan.country in item.countries)
    for item in items[:MAX_PRACTICES]:
        item.coalition = plan.coalition
    return items[:MAX_PRACTICES]
