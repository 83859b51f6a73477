"""The first safeguards at the door of the mail: what may be a disclosure, or abuse material, goes no further."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.records.keeping import door_keeper, what_it_may_be
from jukwaa.records.models import Held
from jukwaa.updates.incoming.answers import give_helplines, in_language_of
from jukwaa.updates.incoming.came import Came


def kept_at_the_door(came: Came, coalition: Coalition | None) -> bool:
    """Whether it was kept aside and answered. Call it before anything of a mail is stored or sent."""
    if coalition is None:
        return _without_coalition(came)
    texts = [("", b""), *((file.name, file.data) for file in came.files)]
    person = Person.objects.with_address(came.sender).first()
    for name, data in texts:
        held = door_keeper(
            coalition=coalition,
            door=Held.Door.MAIL,
            text=_text(came),
            name=name,
            data=data,
            person=person,
            address=came.sender,
        )
        if held is not None:
            with in_language_of(came, coalition.language):
                give_helplines(came, coalition.country)
            return True
    return False


def _text(came: Came) -> str:
    return f"{came.subject}\n\n{came.text}".strip()


def _without_coalition(came: Came) -> bool:
    """Nobody's lead can be told, so nothing is kept; the answer is the same."""
    if what_it_may_be(_text(came)) is None:
        return False
    with in_language_of(came):
        give_helplines(came, "")
    return True
