"""What can be followed in a coalition, and what a person follows."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.directory import get_visible_organisations
from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.coalitions.standing import Standing
from jukwaa.places.regions import UN_REGIONAL_GROUPS, RegionalGroup
from jukwaa.records.kinds import list_record_kinds
from jukwaa.records.models import Record
from jukwaa.search.models import SavedSearch
from jukwaa.search.search_requests import load_areas_of_work
from jukwaa.updates.follow_news import find_person_follows
from jukwaa.updates.models import Follow
from jukwaa.updates.models.following import FOLLOW_TARGET_FIELDS, VALUE_TARGET_FIELDS

MAX_ID_DIGITS = 19  # of a number that no row has
FOLLOWABLE_REGIONAL_GROUPS = (*UN_REGIONAL_GROUPS, RegionalGroup.IGO)

type Choices = list[tuple[str, str | Promise]]


def list_follow_options(coalition: Coalition) -> list[tuple[str, Choices]]:
    """Kinds, areas and regions, to choose from; all else is followed on its own page."""
    kinds: Choices = [(f"kind:{kind.name}", kind.label) for kind in list_record_kinds()]
    areas: Choices = [(f"area:{area.pk}", area.label) for area in load_areas_of_work(coalition)]
    regions: Choices = [(f"region:{group}", group.label) for group in FOLLOWABLE_REGIONAL_GROUPS]
    groups = [(_("Types of records"), kinds), (_("Areas of work"), areas), (_("Regions"), regions)]
    return [(heading, choices) for heading, choices in groups if choices]


def parse_followed_thing(followed_thing: str) -> tuple[str, str] | None:
    """The sort and the name or number of a thing, as `area:3`; None where it says nothing that could be followed."""
    what, _colon, value = followed_thing.partition(":")
    is_number = value.isdecimal() and len(value) < MAX_ID_DIGITS
    return (what, value) if what in FOLLOW_TARGET_FIELDS and (what in VALUE_TARGET_FIELDS or is_number) else None


def is_followable_thing(viewer_standing: Standing, follow_target: str, followed_value: str) -> bool:
    """Whether there is such a thing, and this person may see it."""
    return _EXISTENCE_CHECK_BY_TARGET[follow_target](viewer_standing, followed_value)


def _is_visible_record(standing: Standing, followed_value: str) -> bool:
    return Record.objects.visible_to(standing.viewer).of(standing.coalition).filter(pk=followed_value).exists()


def _is_own_search(standing: Standing, followed_value: str) -> bool:
    return SavedSearch.objects.filter(
        person=standing.viewer.pk, coalition=standing.coalition, pk=followed_value
    ).exists()


_EXISTENCE_CHECK_BY_TARGET: dict[str, Callable[[Standing, str], bool]] = {
    "kind": lambda _standing, value: value in {kind.name for kind in list_record_kinds()},
    "region": lambda _standing, value: value in FOLLOWABLE_REGIONAL_GROUPS,
    "area": lambda standing, value: AreaOfWork.objects.filter(coalition=standing.coalition, pk=value).exists(),
    "organisation": lambda standing, value: get_visible_organisations(standing).filter(pk=value).exists(),
    "record": _is_visible_record,
    "search": _is_own_search,
}


@dataclass(frozen=True)
class FollowedThing:
    """`name` and `url` are empty for a record that its follower may read no more."""

    follow: Follow
    name: str
    url: str

    @property
    def form_value(self) -> str:
        return f"{self.follow.what}:{self.follow.value}"


def list_followed_things(person: Person, coalition: Coalition) -> list[FollowedThing]:
    """What this person follows here, in the order in which they began to."""
    follows = list(find_person_follows(person, coalition))
    numbers = [follow.record_id for follow in follows if follow.record_id]
    records = {record.pk: record for record in Record.objects.visible_to(person).of(coalition).filter(pk__in=numbers)}
    return [_build_followed_thing(follow, records, coalition) for follow in follows]


def _build_followed_thing(follow: Follow, records: dict[int, Record], coalition: Coalition) -> FollowedThing:
    if follow.record_id:
        record = records.get(follow.record_id)
        if record is None:
            return FollowedThing(follow, "", "")
        record.coalition = coalition
        return FollowedThing(follow, record.title, record.get_absolute_url())
    if follow.organisation is not None:
        follow.organisation.coalition = coalition
        return FollowedThing(follow, follow.organisation.name, follow.organisation.get_absolute_url())
    if follow.search is not None:
        return FollowedThing(
            follow, str(follow), f"{reverse('search:search', args=[coalition.slug])}?{follow.search.query}"
        )
    return FollowedThing(follow, str(follow), "")
