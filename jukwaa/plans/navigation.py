"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, has_seat_in_coalition, menu_tabs

menu_tabs.register("plans:overview")(
    MenuTab(
        section=MenuSection.REGIONS,
        order=60,
        label=pgettext_lazy("menu", "National plans"),
        pages=("plans:*",),
        is_shown=has_seat_in_coalition,
    )
)
