"""The safeguarding check of incoming email: called in one place, before any handler sees the email."""

from collections.abc import Iterator

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.records.keeping import door_keeper, what_it_may_be
from jukwaa.records.models import Held
from jukwaa.updates.incoming.answers import give_helplines, in_language_of
from jukwaa.updates.incoming.came import Came


def quarantine_email(came: Came, coalition: Coalition | None) -> bool:
    """Quarantine an email that may be a disclosure or abuse material, and answer with helplines. Return whether it was.

    It looks at subject, name, all texts with what they quote, and the names and bytes of files. Without a coalition
    nobody's safeguarding lead can be notified, so nothing is kept; the answer is the same.
    """
    text = "\n\n".join(came.screened_texts)
    reasons = list(_find_reasons(came, text))
    if not any(_is_quarantined(came, coalition, text, *reason) for reason in reasons):
        return False
    if came.sender and not came.is_from_a_machine:
        with in_language_of(came, coalition.language if coalition else "en"):
            give_helplines(came, coalition.country if coalition else "")
    return True


def _find_reasons(came: Came, text: str) -> Iterator[tuple[Held.Why, str, bytes]]:
    """Yield why, with the file that is the reason. Each text is looked at alone too: an offer hides in a long one."""
    pieces = (text, f"{came.subject}\n\n{came.text}", *came.screened_texts)
    if why := next(filter(None, map(what_it_may_be, pieces)), None):
        yield why, "", b""
    for file in came.files:
        if why := what_it_may_be("", file.name, file.data):
            yield why, file.name, file.data


def _is_quarantined(came: Came, coalition: Coalition | None, text: str, why: Held.Why, name: str, data: bytes) -> bool:
    """False for what the safeguarding lead found harmless before."""
    if coalition is None:
        return True
    held = door_keeper(
        coalition=coalition,
        door=Held.Door.MAIL,
        text=text,
        name=name,
        data=data,
        person=Person.objects.with_address(came.sender).first() if came.sender else None,
        address=came.sender,
        why=why,
    )
    return held is not None
