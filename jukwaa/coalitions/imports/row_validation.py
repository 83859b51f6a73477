"""Each row of a table as it would be imported: new, known already, or to be answered. Nothing is written by looking."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jukwaa.accounts.earlier_addresses import find_person_by_address, get_earlier_address_digests
from jukwaa.accounts.erased_identities import BlockedIdentities
from jukwaa.accounts.identity import compute_address_digest
from jukwaa.coalitions.imports.combined_rows import StatusesOfCombinedRows
from jukwaa.coalitions.imports.contact_domains import ContactDomains
from jukwaa.coalitions.imports.contact_parsing import CONTACT_FIELDS, ContactPerson, find_email_addresses
from jukwaa.coalitions.imports.contact_remarks import find_contact_remark_problem
from jukwaa.coalitions.imports.decisions import COMBINE, NEW, SKIP, Decisions, get_row_decision
from jukwaa.coalitions.imports.departures import find_departure_problem, has_departed
from jukwaa.coalitions.imports.known_person_questions import (
    KnownPersonQuestions,
    describe_row_of_same_person,
    is_in_earlier_row,
)
from jukwaa.coalitions.imports.later_answers import find_later_answers
from jukwaa.coalitions.imports.problems import REPEATED, SAME, SIMILAR, InvalidRowError, RowProblem
from jukwaa.coalitions.imports.row_looks import (
    DATES_AFTER_LOOK_ANSWER,
    WITHOUT_STATUS,
    describe_row_formatting,
    find_formatting_or_wording_problem,
    get_cells_with_decided_status,
    is_doubtful_name,
    is_skipped_by_look_answer,
    is_skipped_without_status,
)
from jukwaa.coalitions.imports.row_names import EarlierRow, OrganisationNamesInFile, remove_bracketed_text
from jukwaa.coalitions.imports.row_notes import (
    describe_identifying_words,
    describe_new_areas,
    describe_skipped_subscriber,
    describe_standing,
)
from jukwaa.coalitions.imports.row_parsing import Cells, MemberRow, PersonRow, RowReader
from jukwaa.coalitions.imports.row_references import RowsBehindSkippedRows, get_combined_row_number
from jukwaa.coalitions.imports.same_people import ContactNamesInFile, ContactPeopleInFile
from jukwaa.coalitions.imports.section_rows import describe_section_country
from jukwaa.coalitions.imports.shared_contacts import SharedContacts, get_contact_keys
from jukwaa.coalitions.imports.subscriber_organisations import (
    describe_organisation_of_person,
    find_organisation_problem,
)
from jukwaa.coalitions.imports.written_names import split_acronym
from jukwaa.coalitions.known_people import get_person_name_key
from jukwaa.coalitions.models import Affiliation, Coalition, Import, ImportRow, ListEntry, Membership
from jukwaa.coalitions.organisation_matching import MatchReason, OrganisationDirectory, OrganisationMatch
from jukwaa.coalitions.refusals import build_removed_person_message
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.places.text_folding import fold_text

RowState = ImportRow.State
NEW_ORGANISATION_ANSWER = "new"  # an answer: neither another row nor an organisation of the directory


@dataclass
class RowValidator:
    """Reads the directory once, and then judges row after row, each knowing those before it.

    `rows` are all rows of the file.
    """

    coalition: Coalition
    kind: str
    decisions: Decisions = field(default_factory=dict)
    rows: Sequence[ImportRow] = ()

    def __post_init__(self) -> None:
        self.directory = OrganisationDirectory.of(self.coalition)
        self.countries = {entry.pk: entry.country for entry in self.directory.entries}
        self.areas = {fold_text(name) for name in self.coalition.areas.values_list("name", flat=True)}
        self.blocked = BlockedIdentities.of(self.coalition.pk)
        self.listed: dict[str, int] = {}
        self.later_answers = find_later_answers(self.rows)
        self.seen_addresses: dict[str, int] = {}
        self.names_by_number = {row.number: str(row.get("name")) for row in self.rows}
        self.people = ContactPeopleInFile()
        self.known_people = KnownPersonQuestions(self.coalition, self.directory, self.rows)
        self.combined_statuses = StatusesOfCombinedRows()
        self.rows_behind_skipped = RowsBehindSkippedRows(self.rows)
        self.contact_names = ContactNamesInFile()
        self.file_names = OrganisationNamesInFile(self.rows if self.kind == Import.Kind.MEMBERS else ())
        current = Membership.objects.filter(coalition=self.coalition, organisation__isnull=False).order_by()
        self.members = dict(current.active().values_list("organisation", "starts_on"))
        self.observers = set(current.observers_in_force().values_list("organisation", flat=True)) - {*self.members}
        self.contacts: dict[int, set[str]] = {}
        self.domains = ContactDomains()
        ties = Affiliation.objects.in_force().filter(organisation__coalition=self.coalition).order_by()
        self.shared_contacts = SharedContacts()
        for pk, name, email, phone in ties.values_list("organisation", "person__name", "person__email", "phone"):
            self.shared_contacts.add(pk, get_contact_keys(email or "", phone))
            self.contacts.setdefault(pk, set()).update({get_person_name_key(name), (email or "").lower()})
            self.domains.add(pk, self.countries.get(pk, ""), [email or ""], [name])
        if self.kind == Import.Kind.PEOPLE:
            on_list = ListEntry.objects.filter(coalition=self.coalition, ends_on__isnull=True)
            self.listed = {email: pk for email, pk in on_list.values_list("person__email", "person_id") if email}
            self.earlier = get_earlier_address_digests(on_list.values("person"))

    def add_known_rows(self, import_rows: Iterable[ImportRow]) -> None:
        """Rows that were imported, or may be: what they name is named already."""
        for row in import_rows:
            if row.state != RowState.LEFT_OUT:
                self._record_seen_row(row)

    def judge(self, import_row: ImportRow) -> ImportRow:
        """Fill in what the row's cells say. The caller saves."""
        import_row.organisation_id = import_row.person_id = None
        import_row.state, import_row.reason, import_row.problems = RowState.WAITING, "", []
        if import_row.number in import_row.source.rows_under_18:
            import_row.cells = {name: text for name, text in import_row.cells.items() if name not in CONTACT_FIELDS}
        try:
            self._validate_person(import_row) if self.kind == Import.Kind.PEOPLE else self._validate_member(import_row)
        except InvalidRowError as error:
            import_row.state, import_row.reason, import_row.notes = RowState.QUARANTINE, str(error), []
            import_row.problems = [problem.serialize() for problem in error.problems]
        if import_row.state != RowState.LEFT_OUT:
            self._record_seen_row(import_row)
        return import_row

    def _record_seen_row(self, import_row: ImportRow) -> None:
        if self.kind == Import.Kind.PEOPLE:
            if import_row.state != RowState.QUARANTINE:
                self.seen_addresses.setdefault(self._get_address(import_row), import_row.number)
        else:
            self.file_names.add(import_row)

    def _validate_person(self, import_row: ImportRow) -> None:
        if is_skipped_by_look_answer(import_row, self.decisions):
            import_row.state = RowState.LEFT_OUT
            is_listed = _get_email_address(import_row.cells) in self.listed
            import_row.notes = [*describe_row_formatting(import_row), *describe_skipped_subscriber(is_listed=is_listed)]
            return
        reading = RowReader(import_row.cells, self.decisions)
        person = reading.read_person_row()
        address = self._get_address(import_row)
        number = self.later_answers.get(import_row.number) or self.seen_addresses.get(address, import_row.number)
        is_other_row = number != import_row.number
        if is_in_earlier_row(import_row) or (is_other_row and address != person.email):
            import_row.state, import_row.notes = RowState.LEFT_OUT, describe_row_of_same_person(import_row, number)
            return
        if is_other_row:
            sentence = _("Skip this row. The same address is in row %(number)s.")
            reading.problems.append(RowProblem(sentence % {"number": number}, "email"))
        if remark := find_contact_remark_problem(import_row, self.decisions):
            reading.problems.append(remark)
        if question := find_organisation_problem(person, self.directory, self.decisions, self.contacts):
            reading.problems.append(question)
        reading.problems.extend(self.known_people.iter_problems_of_subscriber(import_row, person))
        reading.problems.refuse()
        if self.blocked.has_address(address):
            raise InvalidRowError(RowProblem(build_removed_person_message(), "email"))
        import_row.notes = [
            *describe_row_formatting(import_row),
            *person.notes,
            *self.known_people.describe_person(import_row, person.name, person.email),
            *self._describe_person(person),
            *describe_identifying_words(import_row.cells),
        ]
        import_row.person_id = self.listed.get(address) or self._find_person_by_earlier_address(address)

    def _get_address(self, import_row: ImportRow) -> str:
        """The address by which the person is or will be known."""
        return self.known_people.get_kept_address(import_row) or _get_email_address(import_row.cells)

    def _find_person_by_earlier_address(self, address: str) -> int | None:
        """Return who is on the list under a newer address, unless somebody else has this one now."""
        pk = self.earlier.get(compute_address_digest(address)) if self.earlier else None
        found = find_person_by_address(address) if pk else None
        return found.pk if found and found.pk == pk else None

    def _validate_member(self, import_row: ImportRow) -> None:
        self.rows_behind_skipped.redirect(import_row)
        if is_skipped_by_look_answer(import_row, self.decisions):
            import_row.state, import_row.notes = RowState.LEFT_OUT, describe_row_formatting(import_row)
            return
        reading = RowReader(get_cells_with_decided_status(import_row, self.decisions), self.decisions)
        member = reading.read_member_row()
        of_minor = [_("The contact person is under 18, so no person will be added.")]
        notes = of_minor if import_row.number in import_row.source.rows_under_18 else []
        same = self._identify_organisation(import_row, member, notes) if member.name else None
        is_repeated = import_row.is_combined or (same is not None and same.kind == REPEATED)
        if is_skipped_without_status(import_row, self.decisions) and not is_repeated:
            import_row.state, import_row.notes = RowState.LEFT_OUT, describe_row_formatting(import_row)
            return
        looks = find_formatting_or_wording_problem(import_row, self.decisions, has_left=has_departed(member))
        if looks and not (is_repeated and looks.text == WITHOUT_STATUS):
            early = DATES_AFTER_LOOK_ANSWER.get(looks.text)
            reading.problems[:] = [problem for problem in reading.problems if problem.field != early]
            reading.problems.append(looks)
        reading.problems.extend(self._find_problems_of_contact(import_row, member, same))
        if import_row.organisation_id in self.members:
            starts_on = self.members[import_row.organisation_id]
            if departure := find_departure_problem(import_row, member, starts_on, self.decisions, notes):
                reading.problems.append(departure)
        reading.problems.refuse()
        if import_row.state == RowState.LEFT_OUT:
            import_row.notes = notes
            return
        import_row.notes = [
            *describe_row_formatting(import_row),
            *describe_section_country(import_row),
            *member.notes,
            *notes,
            *describe_standing(member, import_row.organisation_id, self.members, self.observers),
            *self.combined_statuses.describe(import_row, member, self.decisions),
            *self._describe_contact(import_row, member),
            *describe_new_areas(member.areas, self.areas),
            *describe_identifying_words(import_row.cells),
        ]

    def _identify_organisation(
        self, import_row: ImportRow, member_row: MemberRow, parse_notes: list[str]
    ) -> RowProblem | None:
        """Note which organisation of the directory, or which earlier row, is the same one; or ask."""
        answer = str(import_row.answers.get("same", ""))
        by_name = self._find_organisations_by_name(member_row.name)
        matches = by_name or (self.directory.find(member_row.acronym) if member_row.acronym else [])
        matches = matches or self._find_organisations_by_contact(member_row)
        earlier = self.file_names.find_earlier_row(import_row)
        if (chosen := get_combined_row_number(import_row)) and (earlier is None or earlier.number != chosen):
            parse_notes.append(_("This row will be combined with row %(number)s.") % {"number": chosen})
            return None
        if earlier and (
            earlier.is_certain or answer not in {NEW_ORGANISATION_ANSWER, *map(_build_match_option, matches)}
        ):
            return self._handle_earlier_row(import_row, earlier, matches, parse_notes)
        if len(by_name) == 1 and self._is_certain_match(matches[0], member_row) and answer != NEW_ORGANISATION_ANSWER:
            import_row.organisation_id = matches[0].organisation_id
        elif matches and answer != NEW_ORGANISATION_ANSWER:
            return self._apply_organisation_matches(
                import_row, matches, parse_notes, self._find_organisations_by_shared_contact(member_row)
            )
        return None

    def _find_problems_of_contact(
        self, import_row: ImportRow, member_row: MemberRow, same_organisation: RowProblem | None
    ) -> Iterator[RowProblem]:
        """After the question whether this is an organisation of another row, which tells whose contact it is."""
        if member_row.contact and self.blocked.has_address(member_row.contact.email):
            yield RowProblem(build_removed_person_message(), "email")
        options = same_organisation.options if same_organisation else ()
        possible = [int(option.removeprefix("row-")) for option in options if option.startswith("row-")]
        earlier_number = get_combined_row_number(import_row) or next(iter(possible), None)
        same_person = self.people.find_problem(import_row, earlier_number, self.decisions)
        if same_organisation:
            yield same_organisation
        if problem := find_contact_remark_problem(import_row, self.decisions) or same_person:
            yield problem
        if member_row.contact and not same_person:
            yield from self.known_people.iter_problems_of_contact(import_row, member_row.contact)

    def _find_organisations_by_name(self, person_name: str) -> list[OrganisationMatch]:
        """As the directory finds it; but "Internet Watch Foundation (IWF)" surely is the one without its brackets."""
        found = self.directory.find(person_name)
        if not found or not found[0].is_exact:
            outside = self.directory.find(remove_bracketed_text(person_name))
            if outside and outside[0].is_exact:
                return outside
        return found

    def _find_organisations_by_contact(self, member_row: MemberRow) -> list[OrganisationMatch]:
        """Organisations of the same country whose contacts have addresses at the same domain, or the same contact."""
        if member_row.contact is None:
            return []
        found = self._find_organisations_by_shared_contact(member_row)
        found = found or self.domains.find(member_row.country, [member_row.contact.email], member_row.contact.name)
        names = {entry.pk: entry.name for entry in self.directory.entries if entry.pk in found}
        return [OrganisationMatch(MatchReason.SAME_CONTACT, name, pk) for pk, name in names.items()]

    def _find_organisations_by_shared_contact(self, member_row: MemberRow) -> set[int]:
        """Organisations in any country that have the same address or telephone number."""
        if member_row.contact is None:
            return set()
        return self.shared_contacts.find(get_contact_keys(member_row.contact.email, member_row.contact.phone))

    def _handle_earlier_row(
        self,
        import_row: ImportRow,
        earlier_row: EarlierRow,
        organisation_matches: list[OrganisationMatch],
        parse_notes: list[str],
    ) -> RowProblem | None:
        answer, option = str(import_row.answers.get("same", "")), f"row-{earlier_row.number}"
        is_certain = earlier_row.is_certain and not is_doubtful_name(import_row)
        decision = get_row_decision(self.decisions, "repeated") if is_certain else ""
        if not answer and decision == SKIP:
            import_row.state = RowState.LEFT_OUT
            parse_notes.append(_("The same organisation is in row %(number)s.") % {"number": earlier_row.number})
            return None
        if answer == option or (not answer and decision == COMBINE):
            import_row.answers = {**import_row.answers, "same": option}
            parse_notes.append(_("This row will be combined with row %(number)s.") % {"number": earlier_row.number})
            return None
        if answer == NEW_ORGANISATION_ANSWER and not self._has_exact_name(import_row, earlier_row):
            return None
        if chosen := [match for match in organisation_matches if _build_match_option(match) == answer]:
            import_row.organisation_id = chosen[0].organisation_id
            return None
        options = (option, *map(_build_match_option, organisation_matches))
        if is_certain or answer == NEW_ORGANISATION_ANSWER:
            sentence = _("Combine the rows or skip this one. The same organisation is in row %(number)s.")
        else:
            sentence = _("This may be “%(name)s” in row %(number)s.")
        kind = REPEATED if is_certain else SAME
        facts = {"number": earlier_row.number, "name": self.names_by_number.get(earlier_row.number, "")}
        suggestion = option if kind == REPEATED or earlier_row.is_nearly_certain else ""
        return RowProblem(sentence % facts, "name", kind, import_row.get("name"), options, suggestion)

    def _has_exact_name(self, import_row: ImportRow, earlier_row: EarlierRow) -> bool:
        """The directory has each name once, whatever its case: two organisations can't share it."""
        names = (self.names_by_number.get(earlier_row.number, ""), str(import_row.get("name")))
        return len({split_acronym(name)[0].casefold() for name in names}) == 1

    def _is_certain_match(self, match: OrganisationMatch, member_row: MemberRow) -> bool:
        """Whether nobody has to be asked: the names agree, and the countries too unless the whole name is the same."""
        if not match.is_exact:
            return False
        country = self.countries.get(match.organisation_id, "")
        whole_name = match.how == MatchReason.NAME and fold_text(match.name) == fold_text(member_row.name)
        return whole_name or not country or not member_row.country or country == member_row.country

    def _apply_organisation_matches(
        self,
        import_row: ImportRow,
        organisation_matches: list[OrganisationMatch],
        parse_notes: list[str],
        sharing: set[int],
    ) -> RowProblem | None:
        """`sharing` are the organisations whose contact people have the same address or telephone number."""
        shares_contact = any(match.organisation_id in sharing for match in organisation_matches)
        answer = str(import_row.answers.get("same", ""))
        chosen = [match for match in organisation_matches if _build_match_option(match) == answer]
        names = join_with_separator(f"“{match.name}”" for match in organisation_matches)
        if chosen:
            import_row.organisation_id = chosen[0].organisation_id
            return None
        is_likely = shares_contact or any(match.is_exact for match in organisation_matches)
        if get_row_decision(self.decisions, "similar") == NEW and not is_likely:
            sentence = _("A new organisation will be added. Similar names in the directory: %(names)s.")
            parse_notes.append(sentence % {"names": names})
            return None
        sentence = _("The directory already has %(names)s.")
        if shares_contact:
            sentence = _(
                "The directory already has %(names)s. Its contact person has the same email address or phone number."
            )
        elif organisation_matches[0].how == MatchReason.SAME_CONTACT:
            sentence = _(
                "The directory already has %(names)s. The contact person has the same name, or an email address at the"
                " same domain."
            )
        options = tuple(map(_build_match_option, organisation_matches))
        kind = SAME if is_likely else SIMILAR
        return RowProblem(sentence % {"names": names}, "name", kind, import_row.get("name"), options)

    def _describe_contact(self, import_row: ImportRow, member_row: MemberRow) -> list[str]:
        if member_row.contact is None:
            return []
        namesake = _(
            "A person with this name left this coalition or was removed from it. If this is the same person, remove the"
            " contact person from this row: they can sign in and apply to join themselves."
        )
        notes = self.known_people.describe_person(import_row, member_row.contact.name, member_row.contact.email)
        notes += [namesake] if self.blocked.has_name(member_row.contact.name) else []
        if import_row.organisation_id and not self._is_known_contact(import_row.organisation_id, member_row.contact):
            sentence = _(
                "%(name)s will be added to this organisation as another contact person. If this is no longer right,"
                " edit the row and delete the contact person."
            )
            notes.append(sentence % {"name": member_row.contact.name or member_row.contact.email})
        return [*notes, *self.contact_names.describe(import_row.number, member_row.contact)]

    def _is_known_contact(self, organisation: int, contact: ContactPerson) -> bool:
        """Whether the directory has this person in the organisation, or nobody there yet."""
        known = self.contacts.get(organisation, set())
        return not known or bool({contact.email, get_person_name_key(contact.name)} & (known - {""}))

    def _describe_person(self, person: PersonRow) -> list[str]:
        namesake = _(
            "A person with this name left this coalition or was removed from it. If this is the same"
            " person, skip the row: they can sign in and apply to join themselves."
        )
        said = [namesake] if self.blocked.has_name(person.name) else []
        return [*said, *describe_organisation_of_person(person, self.directory, self.contacts)]


def _build_match_option(match: OrganisationMatch) -> str:
    return f"org-{match.organisation_id}"


def _get_email_address(cells_by_field: Cells) -> str:
    written = cells_by_field.get("email", "")
    return (find_email_addresses(written) or [written.strip("<> ").lower()])[0]
