"""What a coalition knows and does in one regional group: read for a page that needs no knowledge of the coalition."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import (
    Exists,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    StringAgg,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jukwaa.coalitions.directory import get_visible_affiliations
from jukwaa.coalitions.models import Affiliation, Coalition, Membership, Organisation
from jukwaa.coalitions.models.people import Viewer
from jukwaa.coalitions.representation.charts import render_country_rows
from jukwaa.coalitions.standing import Standing
from jukwaa.core.prepared import QueryParameter, execute_prepared
from jukwaa.events.models import Event, Host, Occurrence
from jukwaa.library.models import Item, Use
from jukwaa.meetings.models import BINDING_ENTRY_KINDS, Entry
from jukwaa.places.count_graphics import draw_world_map
from jukwaa.places.countries import COUNTRIES_BY_CODE
from jukwaa.places.regions import RegionalGroup
from jukwaa.records.models import NEWEST_RECORD_FIRST, Authorship, Record, State
from jukwaa.records.translations import filter_preferred_language
from jukwaa.regions.coverage import Coverage, load_coverage
from jukwaa.regions.measures import MEASURE_BY_NAME, Measure
from jukwaa.regions.models.observations import OBSERVATION_KIND
from jukwaa.regions.participation_counts import CoverageFilter

MAX_ROWS_PER_SECTION = 6  # of each: who has never heard of the coalition reads no more
NO_COUNTRY_VALUE = "-"  # no country's code
USE_ROW_ORDER = ("-year", "-pk")
OCCURRENCE_ROW_ORDER = ("-starts_on", "-pk")


@dataclass
class RegionPage:
    """`language` is the reader's: an item is shown in it where it was translated."""

    group: RegionalGroup
    standing: Standing
    language: str

    @cached_property
    def countries(self) -> list[str]:
        return [code for code, country in COUNTRIES_BY_CODE.items() if country.group == self.group]

    @cached_property
    def coverage(self) -> Coverage:
        return load_coverage(self.standing, CoverageFilter())

    @cached_property
    def numbers(self) -> list[tuple[Measure, int, int]]:
        """Of each measure: the organisations from here, and all."""
        of = self.coverage.of
        return [
            (each, of[each.name].regions[self.group], of[each.name].organisations) for each in MEASURE_BY_NAME.values()
        ]

    @property
    def members(self) -> int:
        return self.coverage.of["members"].regions[self.group]

    @cached_property
    def members_by_country(self) -> dict[str, int]:
        members = self.coverage.of["members"].by_country
        return {code: number for code, number in members.items() if code in self.countries}

    @cached_property
    def member_map(self) -> SafeString:
        title = _("Map of this region. Countries with members of %(coalition)s are filled.")
        title %= {"coalition": self.coalition}
        return draw_world_map(self.members_by_country, title=title, ringed_codes=self.countries, map_name="region")

    @cached_property
    def country_table(self) -> SafeString:
        return render_country_rows(self.members_by_country)

    @cached_property
    def organisations(self) -> list[Organisation]:
        """Member organisations by name, each with who may speak for it as `speakers`, as far as the reader may know."""
        found = list(_query_region_members(self.coalition, self.group))
        for organisation in found:
            organisation.speakers = []  # type: ignore[attr-defined]  # for this page
        of = {organisation.pk: organisation for organisation in found}
        for one in self._query_region_speakers(of) if found else ():
            of[one.organisation_id].speakers.append(one)  # type: ignore[attr-defined]
        return found

    def _query_region_speakers(self, organisation_ids: Collection[int]) -> QuerySet[Affiliation]:
        rows = (
            get_visible_affiliations(self.standing)
            .confirmed()
            .filter(may_speak=True, organisation__in=organisation_ids)
        )
        return rows.select_related("person").order_by("person__name")

    @property
    def has_others(self) -> bool:
        """Whether one of them chose this group, and its country is of another."""
        return any(each.country and each.country not in self.countries for each in self.organisations)

    @property
    def languages(self) -> list[str]:
        """Of all its members."""
        lists = json.loads(f"[{self.organisations[0].all_languages}]") if self.organisations else []  # type: ignore[attr-defined]  # annotated
        return sorted({tag for each in lists for tag in each})

    @property
    def items(self) -> list[Item]:
        """Born here: about a country of this group, or written in the capacity of an organisation of it."""
        return [each for each in self._region_items if each.kind != OBSERVATION_KIND]

    @property
    def observations(self) -> list[Item]:
        """What is seen in a country of this group, whoever wrote it."""
        return [each for each in self._region_items if each.kind == OBSERVATION_KIND]

    @cached_property
    def _region_items(self) -> list[Item]:
        rows = Item.objects.filter(pk__in=self._ids_by_model[Item]).order_by(*NEWEST_RECORD_FIRST)
        return list(rows.prefetch_related(Prefetch("authorships", Authorship.objects.select_related("capacity"))))

    @cached_property
    def uses(self) -> list[Use]:
        """Brought here: something of the library that somebody used in a country of this group."""
        rows = Use.objects.filter(pk__in=self._ids_by_model[Use]).order_by(*USE_ROW_ORDER)
        return list(rows.select_related("item", "capacity"))

    @cached_property
    def _region_entries(self) -> list[Entry]:
        rows = Entry.objects.filter(pk__in=self._ids_by_model[Entry]).order_by(*NEWEST_RECORD_FIRST)
        return list(rows.select_related("meeting"))

    @property
    def entry_statements(self) -> list[Entry]:
        """By organisations from here, or about a country of this group, in a meeting."""
        return [entry for entry in self._region_entries if entry.kind not in BINDING_ENTRY_KINDS][:MAX_ROWS_PER_SECTION]

    @property
    def binding_entries(self) -> list[Entry]:
        return [entry for entry in self._region_entries if entry.kind in BINDING_ENTRY_KINDS][:MAX_ROWS_PER_SECTION]

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        """What takes place here, the next first, then what did; with a host in a country of this group, too."""
        rows = Occurrence.objects.filter(pk__in=self._ids_by_model[Occurrence]).order_by(*OCCURRENCE_ROW_ORDER)
        found = list(rows.select_related("event"))
        today = timezone.localdate()
        to_come = [each for each in reversed(found) if each.ends_on >= today]
        return [*to_come, *[each for each in found if each.ends_on < today]]

    @cached_property
    def _ids_by_model(self) -> dict[type[Model], list[int]]:
        """Of what stands on the page, as far as the reader may read it; in no order."""
        codes = "|".join(self.countries) or NO_COUNTRY_VALUE
        given = (
            self.standing.viewer,
            self.coalition,
            QueryParameter(str(self.group)),
            QueryParameter(codes),
            self.language,
        )
        found: dict[str, list[int]] = defaultdict(list)
        for name, pk in execute_prepared(_query_region_page_rows, *given):
            found[name].append(pk)
        return {model: found[model.__name__] for model in (Item, Use, Entry, Occurrence)}

    @property
    def coalition(self) -> Coalition:
        return self.standing.coalition


def _query_region_page_rows(
    viewer: Viewer, coalition: Coalition, group: str, country_column: str, language: str
) -> QuerySet[Any, Any]:
    """Return the name of the model and the number of each row; `country_column` is a pattern of country codes.

    A list is a subquery by number, since SQLite limits no rows in a part of a union.
    """
    from_here = {"capacity__coalition": coalition, "capacity__regional_group": group}
    about = Q(about__regex=country_column)
    wrote = Exists(Authorship.objects.filter(record=OuterRef("pk"), **from_here))
    spoke = Exists(Entry.speakers.through.objects.filter(entry=OuterRef("pk"), **from_here))
    hosted = Exists(Host.objects.filter(occurrence=OuterRef("pk"), country__regex=country_column))
    items = filter_preferred_language(_query_published_records(Item, viewer, coalition), viewer, language).order_by(
        *NEWEST_RECORD_FIRST
    )
    used_here = Q(country__regex=country_column) | Q(country="", capacity__regional_group=group)
    readable = _query_published_records(Record, viewer, coalition).exists_for("item")  # asked of those from here alone
    uses = Use.objects.filter(used_here, readable, item__coalition=coalition).readable_by(viewer)
    events = _query_published_records(Event, viewer, coalition).values("pk")
    taking_place = Occurrence.objects.filter(
        Q(country__regex=country_column) | hosted, event__in=events, cancelled_at__isnull=True
    )
    lists: list[QuerySet[Any]] = [
        items.exclude(kind=OBSERVATION_KIND).filter(about | wrote)[:MAX_ROWS_PER_SECTION],
        items.filter(about, kind=OBSERVATION_KIND)[:MAX_ROWS_PER_SECTION],
        uses.order_by(*USE_ROW_ORDER)[:MAX_ROWS_PER_SECTION],
        _query_published_records(Entry, viewer, coalition)
        .filter(spoke | about)
        .order_by(*NEWEST_RECORD_FIRST)[: 2 * MAX_ROWS_PER_SECTION],
        taking_place.order_by(*OCCURRENCE_ROW_ORDER)[:MAX_ROWS_PER_SECTION],
    ]
    first, *others = (
        rows.model.objects.filter(pk__in=rows.values("pk"))
        .annotate(what=Value(rows.model.__name__, TextField()))
        .order_by()
        .values_list("what", "pk")
        for rows in lists
    )
    found: QuerySet[Any, Any] = first.union(*others, all=True)
    return found


def _query_published_records(row_model: Any, viewer: Viewer, coalition: Coalition) -> Any:
    """`about` is the text of its countries: codes of two letters in quotes, which no other code is part of."""
    rows = row_model.objects.visible_to(viewer).of(coalition)
    return rows.filter(state=State.PUBLISHED).alias(about=Cast("countries", TextField()))


def _query_region_members(coalition: Coalition, regional_group: str) -> QuerySet[Organisation]:
    """Whom everybody may know; each with the lists of languages of all members of the group, told once."""
    active = Membership.objects.active()
    of_group = {"organisation__coalition": coalition, "organisation__regional_group": regional_group}
    spoken = active.filter(coalition=coalition, **of_group).order_by().values("coalition")
    languages = StringAgg(Cast("organisation__languages", TextField()), Value(","), distinct=True)
    rows = Organisation.objects.filter(
        Exists(active.filter(organisation=OuterRef("pk"))), coalition=coalition, regional_group=regional_group
    )
    rows = rows.filter(merged_into__isnull=True).order_by("name", "pk")
    return rows.annotate(all_languages=Subquery(spoken.annotate(all=languages).values("all")))[:MAX_ROWS_PER_SECTION]
