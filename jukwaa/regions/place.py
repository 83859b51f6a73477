"""What a coalition knows and does in one regional group: read for a page that needs no knowledge of the coalition."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, TextField, prefetch_related_objects
from django.db.models.functions import Cast
from django.utils import timezone

from jukwaa.coalitions.caching import kept
from jukwaa.coalitions.directory import affiliations
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.standing import Standing
from jukwaa.core.prepared import Open, prepared
from jukwaa.events.models import Event, Host, Occurrence
from jukwaa.library.languages import each_once
from jukwaa.library.models import Item, Use
from jukwaa.meetings.models import BINDING, Entry
from jukwaa.places.countries import COUNTRIES
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import Authorship, Record, State
from jukwaa.regions.counting import Asked
from jukwaa.regions.coverage import Coverage, coverage
from jukwaa.regions.measures import MEASURES, Measure
from jukwaa.regions.models.observations import OBSERVATION

MOST = 8  # of each: who has never heard of the coalition reads no more
NONE = "-"  # no country's code


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
        return coverage(self.standing, Asked())

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
        found = prepared(_members, self.coalition, self._here[0])
        speaking = affiliations(self.standing).confirmed().filter(may_speak=True).select_related("person")
        prefetch_related_objects(found, _speakers(speaking))
        return found

    @property
    def has_others(self) -> bool:
        """Whether one of them chose this group, and its country is of another."""
        return any(each.country and each.country not in self.countries for each in self.organisations)

    @property
    def languages(self) -> list[str]:
        """Of all its members."""
        return kept(self.coalition, f"languages-{self.group}", lambda: _languages(self.coalition, self.group))

    @property
    def items(self) -> list[Item]:
        """Born here: about a country of this group, or written in the capacity of an organisation of it."""
        return self._shelves[0]

    @property
    def observations(self) -> list[Item]:
        """What is seen in a country of this group, whoever wrote it."""
        return self._shelves[1]

    @cached_property
    def _shelves(self) -> tuple[list[Item], list[Item]]:
        found = prepared(_items, self.coalition, self.standing.viewer, self.language, *self._here)
        return [each for each in found if each.kind != OBSERVATION], [
            each for each in found if each.kind == OBSERVATION
        ]

    @cached_property
    def uses(self) -> list[Use]:
        """Brought here: something of the library that somebody used in a country of this group."""
        return prepared(_uses, self.coalition, self.standing.viewer, *self._here)

    @cached_property
    def _entries(self) -> list[Entry]:
        return prepared(_entries, self.coalition, self.standing.viewer, *self._here)

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
        found = prepared(_occurrences, self.coalition, self.standing.viewer, self._here[1])
        today = timezone.localdate()
        to_come = [each for each in reversed(found) if each.ends_on >= today]
        return [*to_come, *[each for each in found if each.ends_on < today]]

    @property
    def coalition(self) -> Coalition:
        return self.standing.coalition

    @cached_property
    def _here(self) -> tuple[Open, Open]:
        """The group, and a pattern of the codes of its countries."""
        return Open(self.group.value), Open("|".join(self.countries) or NONE)


def _members(coalition: Coalition, group: str) -> QuerySet[Organisation]:
    """Whom everybody may know."""
    active = Membership.objects.active().filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(Exists(active), coalition=coalition, regional_group=group)
    return rows.filter(merged_into__isnull=True).order_by("name", "pk")[:MOST]


def _languages(coalition: Coalition, group: RegionalGroup) -> list[str]:
    rows = Membership.objects.active().filter(coalition=coalition, organisation__regional_group=group)
    tags = rows.order_by().values_list("organisation__languages", flat=True).distinct()
    return sorted({tag for each in tags for tag in each})


def _items(coalition: Coalition, viewer: Viewer, language: str, group: str, codes: str) -> QuerySet[Item]:
    """The newest of both shelves, in one statement."""
    authors = Authorship.objects.filter(record=OuterRef("pk"), capacity__regional_group=group)
    rows = each_once(_published(Item, coalition, viewer), viewer, language).order_by("-published_at", "-pk")
    observed = rows.filter(kind=OBSERVATION, about__regex=codes)[:MOST]
    born = rows.exclude(kind=OBSERVATION).filter(Q(about__regex=codes) | Exists(authors))[:MOST]
    found = Item.objects.filter(Q(pk__in=born.values("pk")) | Q(pk__in=observed.values("pk")))
    by = Prefetch("authorships", Authorship.objects.select_related("capacity"))
    return found.prefetch_related(by).order_by("-published_at", "-pk")


def _uses(coalition: Coalition, viewer: Viewer, group: str, codes: str) -> QuerySet[Use]:
    here = Q(country__gt="", country__regex=codes) | Q(country="", capacity__regional_group=group)
    readable = Exists(
        _published(Record, coalition, viewer).filter(pk=OuterRef("item"))
    )  # asked of those from here alone
    rows = Use.objects.filter(here, readable, item__coalition=coalition)
    return rows.select_related("item", "capacity").order_by("-year", "-pk")[:MOST]


def _entries(coalition: Coalition, viewer: Viewer, group: str, codes: str) -> QuerySet[Entry]:
    said = Entry.speakers.through.objects.filter(entry=OuterRef("pk"), capacity__regional_group=group)
    rows = _published(Entry, coalition, viewer).filter(Q(Exists(said)) | Q(about__regex=codes))
    return rows.select_related("meeting").order_by("-published_at", "-pk")[: 2 * MOST]


def _occurrences(coalition: Coalition, viewer: Viewer, codes: str) -> QuerySet[Occurrence]:
    hosted = Host.objects.filter(occurrence=OuterRef("pk"), country__regex=codes)
    rows = Occurrence.objects.filter(
        Q(country__gt="", country__regex=codes) | Exists(hosted),
        event__in=_published(Event, coalition, viewer).values("pk"),
        cancelled_at__isnull=True,
    )
    return rows.select_related("event").order_by("-starts_on", "-pk")[:MOST]


def _published(model: Any, coalition: Coalition, viewer: Viewer) -> QuerySet[Any]:
    """`about` is the text of a record's countries: codes of two letters in quotes, which no other code is part of."""
    rows = model.objects.visible_to(viewer).of(coalition)
    published: QuerySet[Any] = rows.filter(state=State.PUBLISHED).alias(about=Cast("countries", TextField()))
    return published


def _speakers(speaking: QuerySet[Affiliation]) -> Prefetch[Any]:
    return Prefetch("affiliations", queryset=speaking.order_by("person__name"), to_attr="speakers")
