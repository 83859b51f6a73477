"""What stays in the record when somebody leaves: places in which others typed their name."""

from django.utils.translation import ngettext

from jukwaa.coalitions.departures import Contribution, contributions, find_typed_capacities

contributions.register(75)(
    Contribution(
        lambda n: ngettext(
            "%(n)s mention in attendance lists or minutes",
            "%(n)s mentions in attendance lists or minutes",
            n,
        ),
        find_typed_capacities,
    )
)
