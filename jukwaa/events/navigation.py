"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, menu_tabs

menu_tabs.register("events:calendar")(
    MenuTab(
        section=MenuSection.MEETINGS,
        order=20,
        label=pgettext_lazy("menu", "Calendar"),
        pages=("events:calendar_list",),
    )
)
menu_tabs.register("events:event_list")(
    MenuTab(
        section=MenuSection.COOPERATION,
        order=50,
        label=pgettext_lazy("menu", "Events and campaigns"),
        pages=("events:*",),
    )
)
