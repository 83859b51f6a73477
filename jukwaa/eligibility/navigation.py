"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuTab, Section, tabs
from jukwaa.eligibility import policies

tabs.register("eligibility:cycle")(
    MenuTab(
        section=Section.MEETINGS,
        order=70,
        label=pgettext_lazy("menu", "Year at the forum"),
        pages=("eligibility:coordination_*",),
        is_shown=policies.can_read_cycle,
    )
)
tabs.register("eligibility:annual_list")(
    MenuTab(
        section=Section.LIBRARY,
        order=50,
        label=pgettext_lazy("menu", "Annual reports"),
        pages=("eligibility:annual_*",),
    )
)
tabs.register("eligibility:check")(
    MenuTab(
        section=Section.MANAGE,
        order=70,
        label=pgettext_lazy("menu", "Listing at the forum"),
        pages=("eligibility:*",),
        is_shown=policies.can_read_check,
    )
)
