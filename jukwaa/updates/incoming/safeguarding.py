"""The safeguarding check of incoming email: called in one place, before any handler sees the email."""

from collections.abc import Iterable, Iterator

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.records.keeping import door_keeper, what_it_may_be
from jukwaa.records.models import Held
from jukwaa.updates.incoming.answers import give_helplines, in_language_of
from jukwaa.updates.incoming.came import Came

type Reason = tuple[Held.Why, str, bytes]  # with the name and the bytes of the file that it is about, if any


def quarantine_email(came: Came, coalition: Coalition | None, reasons: Iterable[Reason]) -> bool:
    """Quarantine an email that may be a disclosure or abuse material, and answer with helplines. Return whether it was.

    Without a coalition nobody's safeguarding lead can be notified, so nothing is kept; the answer is the same.
    """
    if not any(_is_quarantined(came, coalition, *reason) for reason in reasons):
        return False
    if came.sender and not came.is_from_a_machine:
        with in_language_of(came, coalition.language if coalition else "en"):
            give_helplines(came, coalition.country if coalition else "")
    return True


def find_reasons(came: Came) -> Iterator[Reason]:
    """Yield why an email must be quarantined. It takes time, so call it outside of a transaction.

    It looks at subject, name, all texts with what they quote, and the names and bytes of files. Each text is looked at
    alone too: an offer hides in a long one.
    """
    pieces = (_get_whole_text(came), f"{came.subject}\n\n{came.text}", *came.screened_texts)
    if why := next(filter(None, map(what_it_may_be, pieces)), None):
        yield why, "", b""
    for file in came.files:
        if why := what_it_may_be("", file.name, file.data):
            yield why, file.name, file.data


def _get_whole_text(came: Came) -> str:
    return "\n\n".join(came.screened_texts)


def _is_quarantined(came: Came, coalition: Coalition | None, why: Held.Why, name: str, data: bytes) -> bool:
    """False for what the safeguarding lead found harmless before."""
    if coalition is None:
        return True
    held = door_keeper(
        coalition=coalition,
        door=Held.Door.MAIL,
        text=_get_whole_text(came),
        name=name,
        data=data,
        person=Person.objects.with_address(came.sender).first() if came.sender else None,
        address=came.sender,
        why=why,
    )
    return held is not None
