"""What regions observe in the demo: one issue from three of them, and others who confirm it or see it differently.

All of it is made up, by organisations that are named by what they are, and each says so in its own words.
"""

from typing import Any

from jukwaa.home.demo.library import Shelf, read
from jukwaa.home.demo.made_up import Cast, review
from jukwaa.home.demo.texts import Table
from jukwaa.library.models import Item
from jukwaa.regions.actions.observing import speak
from jukwaa.regions.models.observations import OBSERVATION

type Row = dict[str, Any]


def observe_the_regions(table: Table, cast: Cast) -> None:
    """`cast` names who asks for a second reader, and who reads."""
    said = read("observations.toml")
    seen = {row["key"]: _observe(table, cast, row, said) for row in said["observations"]}
    for row in said["voices"]:
        person, organisation = table.speakers[row["who"]]
        speak(
            actor=person,
            observation=seen[row["to"]],
            organisation=organisation,
            says=row["says"],
            words=row["words"],
        )


def _observe(table: Table, cast: Cast, row: Row, said: Row) -> Item:
    author, organisation = table.speakers[row["who"]]
    details = {"issue": said["issue"], **row["details"]}
    shelf = Shelf(table.coalition, author, organisation)
    item = shelf.share({**row, "kind": OBSERVATION, "areas": said["areas"], "details": details})
    review(item, said["review"], Cast(organisation, author, cast.lead, cast.reader))
    return Item.objects.get(pk=item.pk)
