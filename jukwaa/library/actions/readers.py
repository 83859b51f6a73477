"""Who may read an item: its label, and the organisations or persons that it names."""

from collections.abc import Sequence
from dataclasses import dataclass

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Organisation
from jukwaa.records.models import Audience, Label, Record


@dataclass(frozen=True)
class Readers:
    label: str = Label.CLEAR
    organisations: Sequence[Organisation] = ()  # for AMBER
    persons: Sequence[Person] = ()  # for RED


def set_readers(*, actor: Person, record: Record, readers: Readers) -> None:
    """Write down whom the record names. Part of the action that saves its label.

    AMBER names organisations, of which the author's own is always one, so that its people go on reading it;
    AMBER+STRICT names the author's own; RED names persons.
    """
    Audience.objects.filter(record=record.pk).delete()
    named: list[Audience] = []
    if readers.label in (Label.AMBER, Label.STRICT):
        own = Affiliation.objects.confirmed().filter(person=actor, organisation__coalition=record.coalition_id)
        chosen = readers.organisations if readers.label == Label.AMBER else ()
        numbers = {*own.values_list("organisation_id", flat=True), *(organisation.pk for organisation in chosen)}
        named = [Audience(record_id=record.pk, organisation_id=pk) for pk in sorted(numbers)]
    if readers.label == Label.RED:
        named = [Audience(record_id=record.pk, person=person) for person in dict.fromkeys(readers.persons)]
    Audience.objects.bulk_create(named)
