"""What hangs on the observations of the world: see `tests/world.py`."""

from jukwaa.coalitions.models import Organisation
from jukwaa.library.models import Item
from jukwaa.records import index
from jukwaa.regions.models import Voice
from tests.factories import CapacityFactory, ObservationFactory

FACTORY_BY_KIND = {"regional-observation": ObservationFactory}
TEXT_FIELD_BY_KIND = {"regional-observation": "what_changed"}


def add_voice_canaries(world, record, canary) -> None:
    """Add a response of an organisation of the same country that replaced an earlier one."""
    if record.kind != "regional-observation":
        return
    Item.objects.filter(pk=record.pk).update(
        details={"issue": f"The issue of {canary}", "seen_since": f"Since {canary}", "tried": f"Against {canary}"}
    )
    index.reindex_record(Item.objects.get(pk=record.pk))
    person = world.people["member of a named organisation"]
    organisation = person.affiliations.get().organisation
    Organisation.objects.filter(pk=organisation.pk).update(country="KE")
    said = {"author": person, "organisation": organisation, "version": 1}
    for says, stands in (("adds", False), ("differs", True)):
        capacity = CapacityFactory(coalition=world.coalition, person=person, organisation=organisation)
        words = f"A voice that {says} to {canary}"
        Voice.objects.create(item_id=record.pk, capacity=capacity, says=says, words=words, stands=stands, **said)
