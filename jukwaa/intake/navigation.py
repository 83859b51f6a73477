"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, menu_tabs
from jukwaa.intake import policies

menu_tabs.register("intake:list_posts")(
    MenuTab(
        section=MenuSection.LIBRARY,
        order=60,
        label=pgettext_lazy("menu", "Mailing list"),
        pages=("intake:list_*",),
        is_shown=policies.can_read_mailing_list,
    )
)
menu_tabs.register("intake:reading_list")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=50,
        label=pgettext_lazy("menu", "Report import"),
        pages=("intake:*",),
        is_shown=policies.can_import_reports,
    )
)
