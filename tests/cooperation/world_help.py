"""What hangs on the offers and needs of the world: see `tests/world.py`."""

from jukwaa.cooperation.models import Need, Offer
from tests.factories import NeedFactory, OfferFactory

KINDS = {"offer": OfferFactory, "need": NeedFactory}
TEXTS = {"offer": "for_whom", "need": "for_whom"}


def helped(record, word, author, capacity) -> None:
    """Whose it is: the organisation of its author. Closed ones among them say why."""
    if isinstance(record, Offer | Need):
        organisation = author.affiliations.get().organisation
        type(record).objects.filter(pk=record.pk).update(
            organisation=organisation, amount=f"As much as {word}", details={"topic": f"How {word} works"}
        )
