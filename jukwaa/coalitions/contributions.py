"""What stays in the record when somebody leaves: places in which others typed their name."""

from django.utils.translation import ngettext

from jukwaa.coalitions.departures import Contribution, contribution_registry, find_typed_capacities

contribution_registry.register(75)(
    Contribution(
        lambda n: ngettext(
            "%(n)s mention in attendance lists or minutes",
            "%(n)s mentions in attendance lists or minutes",
            n,
        ),
        find_typed_capacities,
    )
)
