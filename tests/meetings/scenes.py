"""Pages of decisions: a world has none in its minutes."""

from tests.factories import DissentFactory
from tests.quarantine_scenes import Place, by_author, scene
from tests.world import World


@scene("meetings:decision_edit", "meetings:dissent_new")
def decision(world: World, name: str) -> Place:
    dissent = DissentFactory(entry__coalition=world.coalition)
    return by_author(world, name, dissent.entry_id)


@scene("meetings:dissent_remove")
def dissent(world: World, name: str) -> Place:
    row = DissentFactory(entry__coalition=world.coalition)
    return by_author(world, name, row.entry_id, row.pk)
