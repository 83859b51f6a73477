"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, menu_tabs
from jukwaa.eligibility import policies

menu_tabs.register("eligibility:cycle")(
    MenuTab(
        section=MenuSection.MEETINGS,
        order=70,
        label=pgettext_lazy("menu", "Year at the forum"),
        pages=("eligibility:coordination_*",),
        is_shown=policies.can_read_cycle,
    )
)
menu_tabs.register("eligibility:annual_list")(
    MenuTab(
        section=MenuSection.LIBRARY,
        order=50,
        label=pgettext_lazy("menu", "Annual reports"),
        pages=("eligibility:annual_*",),
    )
)
menu_tabs.register("eligibility:check")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=70,
        label=pgettext_lazy("menu", "Listing at the forum"),
        pages=("eligibility:*",),
        is_shown=policies.can_read_self_check,
    )
)
