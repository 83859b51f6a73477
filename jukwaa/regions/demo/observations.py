"""What regions observe in the demo: one issue from three of them, and others who confirm it or see it differently.

All of it is made up, by organisations that are named by what they are, and each says so in its own words.
"""

from jukwaa.library.demo import Cast, Shelf, review
from jukwaa.library.models import Item
from jukwaa.records.demo_parts import LEAD, Demo, Row, demo_parts, read_demo_data
from jukwaa.regions.actions.observing import speak
from jukwaa.regions.models.observations import OBSERVATION


@demo_parts.register(60)
def observe_regions(demo: Demo) -> None:
    demo.say("Creating observations from regions ...")
    said = read_demo_data("jukwaa.regions", "observations.toml")
    seen = {row["key"]: _observe(demo, row, said) for row in said["observations"]}
    for row in said["voices"]:
        person, organisation = demo.speakers[row["who"]]
        speak(
            actor=person,
            observation=seen[row["to"]],
            organisation=organisation,
            says=row["says"],
            words=row["words"],
        )


def _observe(demo: Demo, row: Row, said: Row) -> Item:
    author, organisation = demo.speakers[row["who"]]
    details = {"issue": said["issue"], **row["details"]}
    shelf = Shelf(demo.coalition, author, organisation)
    item = shelf.share({**row, "kind": OBSERVATION, "areas": said["areas"], "details": details})
    review(item, said["review"], Cast(organisation, author, demo.people[LEAD], demo.rapporteur))
    return Item.objects.get(pk=item.pk)
