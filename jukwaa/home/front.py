"""What the front page of a coalition shows: what is new, what was agreed, who is in it."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from jukwaa.coalitions.models import Coalition, Membership
from jukwaa.coalitions.models.people import Viewer
from jukwaa.meetings.models import BINDING, Entry
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import Record, RecordQuerySet

NEW, AGREED = 8, 5
# Minutes stand on the page of their meeting; the list of what is new names the meeting alone.
ON_THEIR_OWN = ("meeting", "document")


@dataclass(frozen=True)
class Members:
    """Organisations alone: individuals are not counted by country."""

    organisations: int
    by_country: Counter[str]
    by_group: list[tuple[str, str, int]]  # value, name, number; largest first, those without a member last

    @property
    def countries(self) -> int:
        return len(self.by_country)


def new_records(coalition: Coalition, viewer: Viewer) -> RecordQuerySet[Record]:
    visible = Record.objects.visible_to(viewer).of(coalition)
    return visible.published().filter(kind__in=ON_THEIR_OWN)[:NEW]


def agreed_lately(coalition: Coalition, viewer: Viewer) -> list[Entry]:
    entries = Entry.objects.visible_to(viewer).of(coalition).published().filter(kind__in=BINDING)
    ordered = entries.select_related("meeting").order_by("-meeting__starts_on", "position")
    return list(ordered[:AGREED])


def members_of(coalition: Coalition) -> Members:
    active = Membership.objects.active().filter(coalition=coalition, organisation__isnull=False)
    rows = active.values("organisation__country", "organisation__regional_group").annotate(number=Count("pk"))
    countries: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    for row in rows:
        groups[row["organisation__regional_group"]] += row["number"]
        if row["organisation__country"]:
            countries[row["organisation__country"]] += row["number"]
    named = [(value, str(label), groups[value]) for value, label in RegionalGroup.choices]
    shown = [row for row in named if row[2] or row[0] != RegionalGroup.UNKNOWN]
    return Members(sum(groups.values()), countries, sorted(shown, key=lambda row: -row[2]))
