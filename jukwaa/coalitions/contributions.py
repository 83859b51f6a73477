"""What stays in the record when somebody leaves: places in which others typed their name."""

from django.utils.translation import ngettext

from jukwaa.coalitions.departures import Contribution, contributions, find_typed_capacities

contributions.register(75)(
    Contribution(
        lambda n: ngettext(
            "%(n)s place in attendance or minutes where the name was typed",
            "%(n)s places in attendance or minutes where the name was typed",
            n,
        ),
        find_typed_capacities,
    )
)
