"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, menu_tabs
from jukwaa.privacy import policies

menu_tabs.register("privacy:request_list")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=90,
        label=pgettext_lazy("menu", "Requests about personal data"),
        pages=("privacy:*",),
        is_shown=policies.can_see_requests,
    )
)
menu_tabs.register("notices:paper_list")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=120,
        label=pgettext_lazy("menu", "Data protection papers"),
        pages=("notices:paper_*", "notices:notice_edit"),
        is_shown=policies.can_read_papers,
    )
)
