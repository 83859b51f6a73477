"""What coordinators answered about who the people in the rows of an import are, done when the rows are imported."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions.people import change_person
from jukwaa.coalitions.directory import build_known_person_condition
from jukwaa.coalitions.imports.contact_parsing import find_email_addresses
from jukwaa.coalitions.imports.known_person_questions import parse_known_person_answer
from jukwaa.coalitions.imports.problems import InvalidRowError, RowProblem
from jukwaa.coalitions.imports.row_parsing import Cells
from jukwaa.coalitions.models import Coalition, ImportRow
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import lock_rows


class IdentifiedPeople:
    """The people of the coalition whom the rows are about, by the answers of a coordinator."""

    def __init__(self, actor: Person, coalition: Coalition, import_rows: Iterable[ImportRow]) -> None:
        self._actor, self._coalition = actor, coalition
        found = (parse_known_person_answer(row) for row in import_rows)
        numbers = {answer.person_id for answer in found if answer and answer.person_id}
        known = Person.objects.filter(build_known_person_condition(coalition), pk__in=numbers, erased_at__isnull=True)
        self._people = lock_rows(Person.objects.filter(pk__in=known.values("pk"))).in_bulk() if numbers else {}

    def get_cells_with_kept_address(self, import_row: ImportRow, cells_by_field: Cells) -> Cells:
        """Return the cells with the address on record, if that was answered. Raises InvalidRowError."""
        answer = parse_known_person_answer(import_row)
        if answer is None or not answer.person_id or not cells_by_field.get("email"):
            return cells_by_field
        person = self._people.get(answer.person_id)
        if person is None or not (person.email or answer.replaces_address):
            raise InvalidRowError(RowProblem(_("Edit the row. The person whom you chose is no longer there."), "email"))
        return cells_by_field if answer.replaces_address else {**cells_by_field, "email": str(person.email)}

    def count_unstored_addresses(self, import_rows: Iterable[ImportRow]) -> int:
        """Count the imported rows of people who keep the address on record."""
        entered = (row for row in import_rows if row.state == ImportRow.State.ENTERED)
        answers = map(parse_known_person_answer, entered)
        return sum(bool(answer and answer.person_id and not answer.replaces_address) for answer in answers)

    def replace_address(self, import_row: ImportRow, cells_by_field: Cells) -> None:
        """Give the person the address of the row, if that was answered. Raises InvalidRowError."""
        answer = parse_known_person_answer(import_row)
        addresses = find_email_addresses(cells_by_field.get("email", ""))
        if answer is None or not (answer.person_id and answer.replaces_address and addresses):
            return
        person = self._people[answer.person_id]
        if person.last_login is not None:
            sentence = _("Only this person can change that address, because they sign in with it.")
            raise InvalidRowError(RowProblem(sentence, "email"))
        try:
            change_person(
                actor=self._actor, coalition=self._coalition, person=person, name=person.name, email=addresses[0]
            )
        except ActionRefused as refusal:
            raise InvalidRowError(RowProblem(str(refusal), "email")) from refusal
