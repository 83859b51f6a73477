"""What fits beside a capability: practices from elsewhere, offers that could help, and who is known for it.

Reads what the reader may read anyway. Nobody is asked, and nobody can tell that it was looked for.
"""

import re
from dataclasses import dataclass

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import translation
from django.utils.translation import get_language

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.experts import Expert, known_for
from jukwaa.cooperation.models import NEED, Need
from jukwaa.cooperation.models.help import words_of
from jukwaa.cooperation.schema import Sort, sort_meant, sorts
from jukwaa.cooperation.suggesting import Suggested, could_help
from jukwaa.library.models import Item
from jukwaa.library.schema import frameworks
from jukwaa.places.countries import COUNTRIES
from jukwaa.plans.models import Plan
from jukwaa.plans.reading import Part
from jukwaa.records.models import NEWEST_FIRST, State

MOST, READ = 6, 60


@dataclass(frozen=True)
class Fitting:
    practices: list[Item]
    offers: list[Suggested]
    experts: list[Expert]


def fitting(plan: Plan, part: Part, standing: Standing) -> Fitting:
    """For this reader, until something changes."""
    number = part.said.number if part.said else 0
    key = f"plan-{plan.pk}-{part.capability.value}-{number}-{standing.viewer.pk}-{get_language()}"
    return kept(plan.coalition, key, lambda: _fitting(plan, part, standing.viewer))


def _fitting(plan: Plan, part: Part, viewer: Viewer) -> Fitting:
    wish = _as_need(plan, part)
    return Fitting(_practices(plan, part, viewer), could_help(wish, {}, viewer), known_for(wish, {}, viewer))


def likely_sort(words: str) -> Sort:
    """The sort of help that these words name; where they name none, advice, to which most others are near."""
    meant = sort_meant(words)
    if set(meant.cues) & set(re.findall(r"[^\W\d_]+", words.casefold())):
        return meant
    return next((sort for sort in sorts() if sort.asks_experts), meant)


def _as_need(plan: Plan, part: Part) -> Need:
    """What would be asked for, for comparing alone: it is never saved."""
    language = plan.coalition.language
    with translation.override(language):
        title = str(part.capability.label)
    step = part.said.next_step if part.said else ""
    need = Need(
        pk=0,
        coalition=plan.coalition,
        kind=NEED,
        sort=likely_sort(f"{title} {step}").name,
        title=title,
        summary=step,
        language=language,
        countries=[plan.country] if plan.country in COUNTRIES else [],
    )
    need.terms = words_of(need)
    return need


def counterparts(value: str) -> set[str]:
    """The capability itself, what it was in the edition before, and what it becomes in the next."""
    known = {value}
    for framework in frameworks():
        known |= set(framework.goes_on.get(value, ()))
        known |= {before for before, becomes in framework.goes_on.items() if value in becomes}
    return known


def _practices(plan: Plan, part: Part, viewer: Viewer) -> list[Item]:
    """Of the library, the newest first, and those of the country itself last: it knows them."""
    speaks_of = Q()
    for value in counterparts(part.capability.value):
        speaks_of |= Q(written__contains=f'"{value}"')
    rows = Item.objects.visible_to(viewer).of(plan.coalition).filter(state=State.PUBLISHED)
    found = rows.alias(written=Cast("details", TextField())).filter(speaks_of)
    items = list(found.order_by(*NEWEST_FIRST)[:READ])
    items.sort(key=lambda item: plan.country in item.countries)
    for item in items[:MOST]:
        item.coalition = plan.coalition
    return items[:MOST]
