"""What an edition shows its readers: its clauses, a page of them at a time, and what is printed with them."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db.models import Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Length

from jukwaa.coalitions.caching import get_or_build_cached
from jukwaa.coalitions.display_names import format_people_count
from jukwaa.drafting.crediting import find_included_proposals
from jukwaa.drafting.models import Edition, Placement, Position, Term, Text
from jukwaa.drafting.positions import find_dissenting_positions
from jukwaa.drafting.unreadable_sources import (
    CitedRecord,
    annotate_may_be_withheld,
    find_unreadable_quotes,
    replace_withheld_clauses,
)

MAX_PAGE_CHARACTERS = 12_000  # characters of clauses on one page: in any script, it stays within its budget
CLAUSE_OVERHEAD_CHARACTERS = 150  # what stands around each clause, counted as characters
MAX_CONTENTS_ENTRIES = 80
MAX_GLOSSARY_TERMS = 60

ClauseKind = Placement.Kind


@dataclass(frozen=True, slots=True)
class ClauseLocation:
    """Where a clause stands in the edition: on which page, and for a heading what it says."""

    number: int
    page: int
    kind: str
    level: int
    heading: str
    own_number: str = ""
    doubtful: bool = False  # whether it may quote what was closed since

    @property
    def anchor(self) -> str:
        return f"c{self.number}"


class EditionContent:
    """An edition as it is read. What is asked of it twice is read once."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.text = edition.text

    @cached_property
    def places(self) -> list[ClauseLocation]:
        """All of its clauses in their order, cut into pages: none is ever on another page, since none ever changes."""
        heading = Case(
            When(kind=ClauseKind.HEADING, then=F("wording__body")), default=Value(""), output_field=CharField()
        )
        standing = Placement.objects.at(self.text, self.edition.revision.step)
        rows = annotate_may_be_withheld(standing, self.text, self.edition.revision).annotate(
            size=Length("wording__body"), heading=heading
        )
        places: list[ClauseLocation] = []
        page, room = 1, MAX_PAGE_CHARACTERS
        fields = ("clause__number", "kind", "level", "size", "heading", "clause__own_number", "doubtful")
        for number, kind, level, size, said, own_number, doubtful in rows.values_list(*fields):
            room -= size + CLAUSE_OVERHEAD_CHARACTERS
            if room < 0 and places and places[-1].page == page:
                page, room = page + 1, MAX_PAGE_CHARACTERS - size - CLAUSE_OVERHEAD_CHARACTERS
            places.append(ClauseLocation(number, page, kind, level, said, own_number, doubtful))
        return places

    @property
    def pages(self) -> int:
        return self.places[-1].page if self.places else 1

    def get_page_of_clause(self, clause_number: int) -> int | None:
        return next((place.page for place in self.places if place.number == clause_number), None)

    @property
    def contents(self) -> list[ClauseLocation]:
        """Its headings: those of the second level too, as long as the list stays short."""
        gone = {each.clause.number for each in self.unreadable_quotes}
        found = [place for place in self.places if place.kind == ClauseKind.HEADING and place.level <= 2]  # noqa: PLR2004 - a level
        found = [place for place in found if place.number not in gone]
        if len(found) > MAX_CONTENTS_ENTRIES:
            found = [place for place in found if place.level == 1]
        return found[:MAX_CONTENTS_ENTRIES]

    def clauses(self, page: int | None = None) -> list[Placement]:
        placements = Placement.objects.at(self.text, self.edition.revision.step)
        if page is not None and self.pages > 1:
            numbers = [place.number for place in self.places if place.page == page]
            placements = placements.filter(clause__number__in=numbers)
        shown = list(placements)
        replace_withheld_clauses(shown, self.unreadable_quotes)
        return shown

    @cached_property
    def unreadable_quotes(self) -> list[CitedRecord]:
        """Quotes of records that its readers may no longer read: none of their words is shown."""
        return (
            find_unreadable_quotes(self.text, self.edition.revision)
            if any(place.doubtful for place in self.places)
            else []
        )

    @cached_property
    def dissenting_positions(self) -> Sequence[Position]:
        return find_dissenting_positions(self.edition.call)

    @cached_property
    def positions_by_clause(self) -> dict[int, list[Position]]:
        """The positions that name a clause of this edition, by its number."""
        numbers = {place.number for place in self.places}
        found: dict[int, list[Position]] = defaultdict(list)
        for position in self.dissenting_positions:
            if position.clause is not None and position.clause.number in numbers:
                found[position.clause.number].append(position)
        return dict(found)

    @property
    def positions_on_whole_text(self) -> list[Position]:
        named = {position.pk for rows in self.positions_by_clause.values() for position in rows}
        return [position for position in self.dissenting_positions if position.pk not in named]

    @property
    def terms(self) -> list["GlossaryTerm"]:
        return self._extras.terms

    @property
    def credits(self) -> "EditionCredits":
        return self._extras.credits

    @cached_property
    def _extras(self) -> "EditionExtras":
        """What is the same for every reader, and is put together from all clauses: made anew when something changes."""
        return get_or_build_cached(self.text.coalition, f"edition-{self.edition.pk}", self._build_extras)

    def _build_extras(self) -> "EditionExtras":
        return EditionExtras(self._find_used_terms(), self._build_edition_credits())

    def _find_used_terms(self) -> list["GlossaryTerm"]:
        """The words of the coalition's glossary that it uses, in its language."""
        own = Term.objects.filter(coalition=self.text.coalition, language=self.text.language)
        terms = [GlossaryTerm(*row) for row in own.values_list("name", "meaning", "source", "language")]
        if not terms:
            return []
        bodies = Placement.objects.at(self.text, self.edition.revision.step).values_list("wording__body", flat=True)
        said = "\n".join(bodies)
        used = [term for term in terms if re.search(rf"\b{re.escape(term.name)}", said, re.IGNORECASE)]
        return used[:MAX_GLOSSARY_TERMS]

    def _build_edition_credits(self) -> "EditionCredits":
        """Who wrote it, and whose proposed wordings stand in it: organisations by name, persons as a number."""
        voices = {given.capacity for given in find_included_proposals(self.text, self.edition.revision)}
        organisations = {voice.name for voice in voices if voice.organisation_id}
        persons = {voice.person_id or voice.name for voice in voices if not voice.organisation_id}
        authors = self.text.authorships.filter(capacity__organisation__isnull=False).order_by("pk")
        written = list(dict.fromkeys(authors.values_list("capacity__name", flat=True)))
        return EditionCredits(written, sorted(organisations), len(persons))

    def build_clause_address(self, number: int) -> str:
        """The permanent address of a clause."""
        own = self.edition.get_absolute_url()
        return f"{own}#c{number}" if self.pages == 1 else f"{own}c{number}/"

    def marks(self, number: int) -> str:  # noqa: ARG002 - for what is printed with sources
        """The marks of the sources of a clause, where a list of sources is printed."""
        return ""

    @property
    def address(self) -> str:
        return f"{settings.SITE_URL}{self.edition.get_absolute_url()}"


@dataclass(frozen=True)
class GlossaryTerm:
    """A word of the glossary, and what it means."""

    name: str
    meaning: str
    source: str
    language: str


@dataclass(frozen=True)
class EditionCredits:
    written_by: list[str]
    organisations: list[str]
    persons: int

    @property
    def joined_person_names(self) -> str:
        return format_people_count(self.persons)


@dataclass(frozen=True)
class EditionExtras:
    terms: list[GlossaryTerm]
    credits: EditionCredits


def find_text_editions(text_pk: int) -> QuerySet[Edition]:
    """The latest first."""
    return Edition.objects.filter(text=text_pk).select_related("revision").order_by("-major", "-minor")


def get_latest_edition(text: Text) -> Edition | None:
    """Read once until something is written."""
    found = get_or_build_cached(
        text.coalition, f"latest-edition-{text.pk}", lambda: list(find_text_editions(text.pk)[:1])
    )
    return next(iter(found), None)
