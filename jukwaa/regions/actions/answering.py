"""What somebody answers by the link in a letter: no account, and no trace of who held the link.

An answer counts whenever it comes, and the last one stands.
"""

from collections.abc import Iterable

from django.utils import timezone

from jukwaa.coalitions.activities import action, note
from jukwaa.coalitions.models import Coalition
from jukwaa.regions.actions.prospects import locked
from jukwaa.regions.marks import mark_of_address, marks_left, names_of
from jukwaa.regions.models import NeverAgain, Prospect
from jukwaa.regions.signals import asked_to_erase

State = Prospect.State


@action
def say_yes(*, prospect: Prospect, name: str, address: str) -> Prospect:
    """Write to me: whoever holds the letter gives their own name and address. Raises ActionRefused.

    Nothing in the answer tells whether this address asked for no letters: whoever has a link, and every introducer has
    some, could ask for one address after the other. Those who run the coalition learn it before they write.
    """
    current = locked(prospect)
    said = {"state": State.YES, "contact_name": name, "contact_address": address}
    if all(getattr(current, field) == value for field, value in said.items()):
        return current
    _set(current, answered_on=timezone.localdate(), **said)
    note(actor=None, verb="said-yes", subject=current, coalition=current.coalition)
    return current


@action
def say_not_now(*, prospect: Prospect) -> Prospect:
    """Raises ActionRefused."""
    current = locked(prospect)
    if current.state != State.NOT_NOW:
        _set(
            current,
            state=State.NOT_NOW,
            answered_on=timezone.localdate(),
            contact_name="",
            contact_address="",
            written_on=None,
        )
        note(actor=None, verb="said-not-now", subject=current, coalition=current.coalition)
    return current


@action
def say_never_again(*, coalition: Coalition, marks: Iterable[str], prospect: Prospect | None) -> None:
    """All that is kept is erased but digests, by which nobody writes again. `marks` are those that the link holds."""
    left = set(marks)
    if prospect is not None:
        left |= marks_left(names_of(prospect.name, prospect.organisation), prospect.country)
        if prospect.contact_address:
            left.add(mark_of_address(prospect.contact_address))
    rows = [NeverAgain.objects.get_or_create(coalition=coalition, digest=digest) for digest in sorted(left)]
    if new := [row for row, is_new in rows if is_new]:
        note(actor=None, verb="asked", subject=new[0], coalition=coalition)
    if prospect is not None:
        erase_at_their_wish(prospect=prospect)


@action
def erase_at_their_wish(*, prospect: Prospect) -> None:
    """At once; and whoever wrote hears that they have an address to erase, too."""
    note(actor=None, verb="erased-at-their-wish", subject=prospect, coalition=prospect.coalition)
    told = {"pk": prospect.pk, "introducer": prospect.introducer, "sent_on": prospect.sent_on}
    prospect.erase()
    asked_to_erase.send(Prospect, coalition=prospect.coalition, **told)


def _set(prospect: Prospect, **values: object) -> None:
    for field, value in values.items():
        setattr(prospect, field, value)
    prospect.save(update_fields=list(values))
