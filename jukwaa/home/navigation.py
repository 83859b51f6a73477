"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, is_coordinator, menu_tabs

menu_tabs.register("home:begin")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=10,
        label=pgettext_lazy("menu", "Getting started"),
        is_shown=is_coordinator,
    )
)
