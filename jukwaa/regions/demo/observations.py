"""What regions observe in the demo: one issue from three of them, and others who confirm it or see it differently.

All of it is made up, by organisations that are named by what they are, and each says so in its own words.
"""

from jukwaa.library.demo import DemoLibrary, DemoPeople, review_case_study
from jukwaa.library.models import Item
from jukwaa.records.demo_parts import LEAD_ROLE, Demo, Row, demo_part_registry, read_demo_data
from jukwaa.regions.actions.voices import add_observation_voice
from jukwaa.regions.models.observations import OBSERVATION_KIND


@demo_part_registry.register(60)
def create_demo_observations(demo: Demo) -> None:
    demo.say("Creating observations from regions ...")
    said = read_demo_data("jukwaa.regions", "observations.toml")
    seen = {row["key"]: _create_demo_observation(demo, row, said) for row in said["observations"]}
    for row in said["voices"]:
        person, organisation = demo.speakers[row["who"]]
        add_observation_voice(
            actor=person,
            observation=seen[row["to"]],
            organisation=organisation,
            says=row["says"],
            words=row["words"],
        )


def _create_demo_observation(demo: Demo, demo_row: Row, demo_observation: Row) -> Item:
    author, organisation = demo.speakers[demo_row["who"]]
    details = {"issue": demo_observation["issue"], **demo_row["details"]}
    shelf = DemoLibrary(demo.coalition, author, organisation)
    item = shelf.share({**demo_row, "kind": OBSERVATION_KIND, "areas": demo_observation["areas"], "details": details})
    review_case_study(
        item, demo_observation["review"], DemoPeople(organisation, author, demo.people[LEAD_ROLE], demo.rapporteur)
    )
    return Item.objects.get(pk=item.pk)
