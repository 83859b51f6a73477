"""What stays in the record when somebody leaves: places in which others typed their name."""

from django.utils.translation import ngettext

from jukwaa.coalitions.departures import Contribution, contribution_registry, find_capacities_by_typed_name

contribution_registry.register(75)(
    Contribution(
        lambda n: ngettext(
            "%(n)s mention in attendance lists or minutes",
            "%(n)s mentions in attendance lists or minutes",
            n,
        ),
        find_capacities_by_typed_name,
    )
)
