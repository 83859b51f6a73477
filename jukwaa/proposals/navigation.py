"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuTab, Section, tabs
from jukwaa.proposals import policies

tabs.register("proposals:proposal_list")(
    MenuTab(
        section=Section.MEETINGS,
        order=40,
        label=pgettext_lazy("menu", "Session proposals"),
        pages=("proposals:*",),
        is_shown=policies.can_read_calls,
    )
)
tabs.register("proposals:call_list")(
    MenuTab(
        section=Section.MEETINGS,
        order=50,
        label=pgettext_lazy("menu", "Calls for proposals"),
        pages=("proposals:call_*", "proposals:session_*", "proposals:proposal_new"),
        is_shown=policies.can_read_calls,
    )
)
