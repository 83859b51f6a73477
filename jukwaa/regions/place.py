"""What a coalition knows and does in one regional group: read for a page that needs no knowledge of the coalition."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from jukwaa.coalitions.directory import Sought, affiliations, organisations
from jukwaa.coalitions.models import Affiliation, Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.events.models import Event, Host, Occurrence
from jukwaa.library.languages import each_once
from jukwaa.library.models import Item, Use
from jukwaa.meetings.models import BINDING, Entry
from jukwaa.places.countries import COUNTRIES
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import Authorship, State
from jukwaa.regions.coverage import Asked, Coverage, coverage
from jukwaa.regions.measures import MEASURES, Measure
from jukwaa.regions.models.observations import OBSERVATION

MOST = 20  # of each; what is older stands behind the link to the whole list


@dataclass
class Region:
    """`language` is the reader's: an item is shown in it where it was translated."""

    group: RegionalGroup
    standing: Standing
    language: str

    @cached_property
    def countries(self) -> list[str]:
        return [code for code, country in COUNTRIES.items() if country.group == self.group]

    @cached_property
    def coverage(self) -> Coverage:
        return coverage(self.standing.viewer, self.standing.coalition, Asked())

    @cached_property
    def numbers(self) -> list[tuple[Measure, int, int]]:
        """Of each measure: the organisations from here, and all."""
        of = self.coverage.of
        return [(each, of[each.name].regions[self.group], of[each.name].organisations) for each in MEASURES.values()]

    @property
    def members(self) -> int:
        return self.coverage.of["members"].regions[self.group]

    @cached_property
    def members_by_country(self) -> dict[str, int]:
        members = self.coverage.of["members"].by_country
        return {code: number for code, number in members.items() if code in self.countries}

    @cached_property
    def organisations(self) -> list[Organisation]:
        """Member organisations by name, each with who may speak for it as `speakers`, as far as the reader may know."""
        sought = Sought(who="members", group=self.group)
        speaking = affiliations(self.standing).confirmed().filter(may_speak=True).select_related("person")
        rows = organisations(self.standing, sought).prefetch_related(None)
        return list(rows.prefetch_related(_speakers(speaking)).order_by("name", "pk")[:MOST])

    @cached_property
    def languages(self) -> list[str]:
        return sorted({tag for organisation in self.organisations for tag in organisation.languages})

    @cached_property
    def _items(self) -> list[Item]:
        authors = Authorship.objects.filter(record=OuterRef("pk"), capacity__regional_group=self.group)
        written_here = Q(Exists(authors)) & ~Q(kind=OBSERVATION)
        rows = self._published(Item).filter(self._about_here() | written_here)
        found = each_once(rows, self.standing.viewer, self.language).prefetch_related("authorships__capacity")
        return list(found.order_by("-published_at", "-pk")[: 2 * MOST])

    @property
    def items(self) -> list[Item]:
        """Born here: about a country of this group, or written in the capacity of an organisation of it."""
        return [item for item in self._items if item.kind != OBSERVATION][:MOST]

    @property
    def observations(self) -> list[Item]:
        """What is seen in a country of this group, whoever wrote it."""
        return [item for item in self._items if item.kind == OBSERVATION][:MOST]

    @cached_property
    def uses(self) -> list[Use]:
        """Brought here: something of the library that somebody used in a country of this group."""
        here = Q(country__in=self.countries) | Q(country="", capacity__regional_group=self.group)
        rows = Use.objects.filter(here, item__in=self._published(Item).values("pk"))
        return list(rows.select_related("item", "capacity").order_by("-year", "-pk")[:MOST])

    @cached_property
    def _entries(self) -> list[Entry]:
        said = Entry.speakers.through.objects.filter(entry=OuterRef("pk"), capacity__regional_group=self.group)
        rows = self._published(Entry).annotate(was_said_here=Exists(said))
        rows = rows.filter(Q(was_said_here=True) | self._about_here()).select_related("meeting")
        return list(rows.order_by("-published_at", "-pk")[: 2 * MOST])

    @property
    def said(self) -> list[Entry]:
        """By organisations from here, or about a country of this group, in a meeting."""
        return [entry for entry in self._entries if entry.kind not in BINDING][:MOST]

    @property
    def agreed(self) -> list[Entry]:
        return [entry for entry in self._entries if entry.kind in BINDING][:MOST]

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        """What takes place here, the next first, then what did; with a host in a country of this group, too."""
        hosted = Host.objects.filter(occurrence=OuterRef("pk"), country__in=self.countries)
        rows = Occurrence.objects.filter(
            Q(country__in=self.countries) | Exists(hosted),
            event__in=self._published(Event).values("pk"),
            cancelled_at__isnull=True,
        )
        found = list(rows.select_related("event").order_by("-starts_on", "-pk")[:MOST])
        today = timezone.localdate()
        to_come = [each for each in reversed(found) if each.ends_on >= today]
        return [*to_come, *[each for each in found if each.ends_on < today]]

    def _published(self, model: Any) -> QuerySet[Any]:
        rows = model.objects.visible_to(self.standing.viewer).of(self.standing.coalition)
        published: QuerySet[Any] = rows.filter(state=State.PUBLISHED).alias(about=Cast("countries", TextField()))
        return published

    def _about_here(self) -> Q:
        """Among the countries of a record, which stand there in quotes."""
        return Q(about__regex=f'"({"|".join(self.countries)})"') if self.countries else Q(pk__in=[])


def _speakers(speaking: QuerySet[Affiliation]) -> Prefetch[Any]:
    return Prefetch("affiliations", queryset=speaking.order_by("person__name"), to_attr="speakers")
