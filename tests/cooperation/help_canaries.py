"""What hangs on the offers and needs of the world: see `tests/world.py`."""

from jukwaa.cooperation.models import Consent, Enquiry, Match, Need, Offer, Step
from jukwaa.records.models import Label, State
from tests.factories import NeedFactory, OfferFactory

FACTORY_BY_KIND = {"offer": OfferFactory, "need": NeedFactory}
# How to reach the author's own organisation, which the author alone sees, where it is changed; and how to reach the
# other side, which nobody sees: not even those who agreed, while the other side has not.
OWN_CONTACT, OTHERS_CONTACT = "canaryreachback", "canaryothersback"
TEXT_FIELD_BY_KIND = {"offer": "for_whom", "need": "for_whom"}


def add_help_rows(world, record, canary, author, capacity) -> None:
    """Whose it is: the organisation of its author. A need is brought together with the offer of its label and state."""
    if isinstance(record, Offer | Need):
        organisation, reach = author.affiliations.get().organisation, OWN_CONTACT
        if isinstance(record, Offer):
            organisation = world.people["member of a named organisation"].affiliations.get().organisation
            reach = OTHERS_CONTACT
        type(record).objects.filter(pk=record.pk).update(
            organisation=organisation,
            amount=f"As much as {canary}",
            details={"topic": f"How {canary} works"},
            reach=reach,
        )
        world.canaries[OWN_CONTACT] = (Label.RED, State.DRAFT)
    if isinstance(record, Need):
        offer = Offer.objects.get(pk=world.records["offer", str(record.label), str(record.state)].pk)
        match = Match.objects.create(offer=offer, need=record, by=author, state="agreed")
        said = {"person": author, "capacity": capacity}
        Consent.objects.create(match=match, side="need", **said)  # the other side has not agreed
        Step.objects.create(match=match, state="agreed", side="need", words=f"Agreed on {canary}", **said)
        answer = {"answer": f"So {canary} is", "answered_at": record.created_at, "answered_by": author}
        asked = {"organisation": organisation, "question": f"What is {canary}?", "may_be_shared": True}
        Enquiry.objects.create(need=record, answered_as=capacity, **asked, **answer, **said)
