"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, menu_tabs
from jukwaa.proposals import policies

menu_tabs.register("proposals:proposal_list")(
    MenuTab(
        section=MenuSection.MEETINGS,
        order=40,
        label=pgettext_lazy("menu", "Session proposals"),
        pages=("proposals:*",),
        is_shown=policies.can_read_calls,
    )
)
menu_tabs.register("proposals:call_list")(
    MenuTab(
        section=MenuSection.MEETINGS,
        order=50,
        label=pgettext_lazy("menu", "Calls for proposals"),
        pages=("proposals:call_*", "proposals:session_*", "proposals:proposal_new"),
        is_shown=policies.can_read_calls,
    )
)
