"""The safeguarding check of incoming email: called in one place, before any handler sees the email."""

from collections.abc import Iterator, Sequence

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.records.keeping import door_keeper, what_it_may_be
from jukwaa.records.models import Held
from jukwaa.updates.incoming.answers import give_helplines, in_language_of
from jukwaa.updates.incoming.came import Came


def quarantine_email(came: Came, coalition: Coalition | None, reasons: Sequence[Held.Why]) -> bool:
    """Quarantine an email that may be a disclosure or abuse material, and answer with helplines. Return whether it was.

    Without a coalition nobody's safeguarding lead can be notified, so nothing is kept; the answer is the same.
    """
    if not reasons or not _is_quarantined(came, coalition, _get_gravest(reasons)):
        return False
    if came.sender and not came.is_from_a_machine:
        with in_language_of(came, coalition.language if coalition else "en"):
            give_helplines(came, coalition.country if coalition else "")
    return True


def find_reasons(came: Came) -> Iterator[Held.Why]:
    """Yield why an email must be quarantined. It takes time, so call it outside of a transaction.

    It looks at subject, name, all texts with what they quote, and the names and bytes of files. Each text is looked at
    alone too: an offer hides in a long one.
    """
    pieces = (_get_whole_text(came), f"{came.subject}\n\n{came.text}", *came.screened_texts)
    if why := next(filter(None, map(what_it_may_be, pieces)), None):
        yield why
    for file in came.files:
        if why := what_it_may_be("", file.name, file.data):
            yield why


def _get_whole_text(came: Came) -> str:
    return "\n\n".join(came.screened_texts)


def _get_gravest(reasons: Sequence[Held.Why]) -> Held.Why:
    return Held.Why.MATERIAL if any(why == Held.Why.MATERIAL for why in reasons) else Held.Why.DISCLOSURE


def _is_quarantined(came: Came, coalition: Coalition | None, why: Held.Why) -> bool:
    """Keep the words with the first file, and each further file by itself, as of a form.

    False if the safeguarding lead found all of it harmless before.
    """
    if coalition is None:
        return True
    person = Person.objects.with_address(came.sender).first() if came.sender else None
    files = [(file.name, file.data) for file in came.files if file.data] or [("", b"")]
    kept = [
        door_keeper(
            coalition=coalition,
            door=Held.Door.MAIL,
            text="" if at else _get_whole_text(came),
            name=name,
            data=data,
            person=person,
            address=came.sender,
            why=why,
        )
        for at, (name, data) in enumerate(files)
    ]
    return any(kept)
