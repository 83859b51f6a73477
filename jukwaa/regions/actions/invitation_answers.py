"""What somebody answers by the link in a letter: no account, and no trace of who held the link.

An answer counts whenever it comes, and the last one stands.
"""

from collections.abc import Iterable

from django.utils import timezone

from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.regions.actions.prospects import lock_prospect
from jukwaa.regions.models import NeverAgain, Prospect
from jukwaa.regions.signals import erasure_requested
from jukwaa.regions.suppression import build_address_digest, build_suppression_digests, get_known_names

ProspectState = Prospect.State


@action
def accept_invitation(*, prospect: Prospect, name: str, address: str) -> Prospect:
    """Write to me: whoever holds the letter gives their own name and address. Raises ActionRefused.

    Nothing in the answer tells whether this address asked for no letters: whoever has a link, and every introducer has
    some, could ask for one address after the other. Those who run the coalition learn it before they write.
    """
    current = lock_prospect(prospect)
    said = {"state": ProspectState.YES, "contact_name": name, "contact_address": address}
    if all(getattr(current, field) == value for field, value in said.items()):
        return current
    _update_prospect_fields(current, answered_on=timezone.localdate(), **said)
    record_activity(actor=None, verb="said-yes", subject=current, coalition=current.coalition)
    return current


@action
def decline_invitation_for_now(*, prospect: Prospect) -> Prospect:
    """Raises ActionRefused."""
    current = lock_prospect(prospect)
    if current.state != ProspectState.NOT_NOW:
        _update_prospect_fields(
            current,
            state=ProspectState.NOT_NOW,
            answered_on=timezone.localdate(),
            contact_name="",
            contact_address="",
            written_on=None,
        )
        record_activity(actor=None, verb="said-not-now", subject=current, coalition=current.coalition)
    return current


@action
def register_do_not_contact(*, coalition: Coalition, contact_marks: Iterable[str], prospect: Prospect | None) -> None:
    """All that is kept is erased but digests, by which nobody writes again. `contact_marks` are those of the link."""
    left = set(contact_marks)
    if prospect is not None:
        left |= build_suppression_digests(get_known_names(prospect.name, prospect.organisation), prospect.country)
        if prospect.contact_address:
            left.add(build_address_digest(prospect.contact_address))
    rows = [NeverAgain.objects.get_or_create(coalition=coalition, digest=digest) for digest in sorted(left)]
    if new := [row for row, is_new in rows if is_new]:
        record_activity(actor=None, verb="asked", subject=new[0], coalition=coalition)
    if prospect is not None:
        erase_prospect_on_request(prospect=prospect)


@action
def erase_prospect_on_request(*, prospect: Prospect) -> None:
    """At once; and whoever wrote hears that they have an address to erase, too."""
    record_activity(actor=None, verb="erased-at-their-wish", subject=prospect, coalition=prospect.coalition)
    told = {"pk": prospect.pk, "introducer": prospect.introducer, "sent_on": prospect.sent_on}
    prospect.erase()
    erasure_requested.send(Prospect, coalition=prospect.coalition, **told)


def _update_prospect_fields(prospect: Prospect, **values: object) -> None:
    for field, value in values.items():
        setattr(prospect, field, value)
    prospect.save(update_fields=list(values))
