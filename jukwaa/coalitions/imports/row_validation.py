"""Each row of a table as it would enter: new, here already, or to be mended. Nothing is written by looking."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jukwaa.accounts.earlier_addresses import find_person_by_address, get_earlier_digests
from jukwaa.accounts.erased_identities import BlockedIdentities
from jukwaa.accounts.identity import compute_address_digest
from jukwaa.coalitions.imports.fields import UNSCREENED_FIELDS
from jukwaa.coalitions.imports.row_parsing import (
    Cells,
    InvalidRowError,
    MemberRow,
    PersonRow,
    parse_member_row,
    parse_person_row,
)
from jukwaa.coalitions.models import Coalition, Import, ImportRow, ListEntry
from jukwaa.coalitions.organisation_matching import Directory, expand_abbreviations
from jukwaa.coalitions.refusals import describe_removed_person
from jukwaa.coalitions.screening import find_hits
from jukwaa.core.list_formatting import join_with_mark
from jukwaa.places.text_folding import fold_text


@dataclass
class RowValidator:
    """Reads the directory once, and then judges row after row, each knowing those before it."""

    coalition: Coalition
    kind: str

    def __post_init__(self) -> None:
        self.directory = Directory.of(self.coalition)
        self.areas = {fold_text(name) for name in self.coalition.areas.values_list("name", flat=True)}
        self.listed: dict[str, int] = {}
        self.seen: dict[str, int] = {}
        if self.kind == Import.Kind.PEOPLE:
            on_list = ListEntry.objects.filter(coalition=self.coalition, ends_on__isnull=True)
            listed = on_list.values_list("person__email", "person_id")
            self.listed = {email: pk for email, pk in listed if email}
            self.earlier = get_earlier_digests(on_list.values("person"))
            self.taken_out = BlockedIdentities.of(self.coalition.pk)

    def add_known_rows(self, rows: Iterable[ImportRow]) -> None:
        """Rows that will enter, or did: what stands in them stands in no other."""
        for row in rows:
            if row.state in {ImportRow.State.WAITING, ImportRow.State.ENTERED}:
                self.seen.setdefault(get_row_key(self.kind, row.cells), row.number)

    def judge(self, row: ImportRow) -> ImportRow:
        """Fill in what the row's cells say. The caller saves."""
        row.organisation_id = row.person_id = None
        try:
            self._fill_row(row)
        except InvalidRowError as error:
            row.state, row.reason, row.notes = ImportRow.State.QUARANTINE, str(error), []
        else:
            row.state, row.reason = ImportRow.State.WAITING, ""
            self.seen[get_row_key(self.kind, row.cells)] = row.number
        return row

    def _fill_row(self, row: ImportRow) -> None:
        if self.kind == Import.Kind.PEOPLE:
            twice = _("Skip this row. The same address is in row %(number)s.")
            person = self._parse_row(row, parse_person_row, twice)
            if self.taken_out.has_address(person.email):
                raise InvalidRowError(describe_removed_person())
            row.notes = [*person.notes, *self._describe_person(person), *_describe_identifying_words(row.cells)]
            row.person_id = self.listed.get(person.email) or self._find_by_earlier_address(person.email)
            return
        twice = _("Skip one of the rows, or correct the name. The same organisation is in row %(number)s.")
        member = self._parse_row(row, parse_member_row, twice)
        row.notes = [*member.notes, *self._describe_new_areas(member), *_describe_identifying_words(row.cells)]
        self._match_organisation(row, member)

    def _find_by_earlier_address(self, address: str) -> int | None:
        """Return who is on the list under a newer address, unless somebody else has this one now."""
        pk = self.earlier.get(compute_address_digest(address)) if self.earlier else None
        found = find_person_by_address(address) if pk else None
        return found.pk if found and found.pk == pk else None

    def _parse_row[S](self, row: ImportRow, parser: Callable[[Cells], S], duplicate_message: str) -> S:
        """What the row says. Raises Unplaceable with all that is wrong, be it that it stands here already."""
        number = self.seen.get(get_row_key(self.kind, row.cells))
        repeats = [duplicate_message % {"number": number}] if number not in {None, row.number} else []
        try:
            found = parser(row.cells)
        except InvalidRowError as error:
            raise InvalidRowError(*error.args, *repeats) from error
        if repeats:
            raise InvalidRowError(*repeats)
        return found

    def _match_organisation(self, row: ImportRow, member: MemberRow) -> None:
        found = self.directory.find(member.name)
        if found and found[0].is_exact and len(found) == 1:
            row.organisation_id = found[0].organisation_id
        elif found:
            names = join_with_mark(f"“{match.name}”" for match in found)
            row.notes.append(
                _(
                    "This may be %(names)s, already in the directory. We will add a new organisation. If both are"
                    " the same, merge them."
                )
                % {"names": names}
            )

    def _describe_new_areas(self, member: MemberRow) -> list[str]:
        new = [area for area in member.areas if fold_text(area) not in self.areas]
        return [_("“%(area)s” will be added to the areas of work of the coalition.") % {"area": area} for area in new]

    def _describe_person(self, person: PersonRow) -> list[str]:
        namesake = _(
            "A person with this name left this coalition or was removed from it. If this is the same"
            " person, skip the row: they can sign in and apply to join themselves."
        )
        said = [namesake] if self.taken_out.has_name(person.name) else []
        return [*said, *self._describe_organisation(person)]

    def _describe_organisation(self, person: PersonRow) -> list[str]:
        if not person.organisation:
            return []
        found = self.directory.find(person.organisation)
        if found and found[0].is_exact:
            return [
                _("We will record that this person belongs to %(name)s. This is not a membership.")
                % {"name": found[0].name}
            ]
        return [
            _("“%(name)s” is not in the directory. We will add the person without an organisation.")
            % {"name": person.organisation}
        ]


def _describe_identifying_words(cells: Cells) -> list[str]:
    """A sentence on each word by which somebody could be found: the coordinator decides whether it enters."""
    return [
        _("“%(text)s” looks like %(what)s. %(why)s %(instead)s")
        % {"text": text[hit.start : hit.end], "what": hit.what, "why": hit.why, "instead": hit.instead}
        for field, text in cells.items()
        if field not in UNSCREENED_FIELDS
        for hit in find_hits(field, text)
    ]


def get_row_key(kind: str, cells: Cells) -> str:
    if kind == Import.Kind.PEOPLE:
        return cells.get("email", "").strip("<> ").lower()
    return expand_abbreviations(cells.get("name", ""))
