"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuTab, Section, has_seat_in_coalition, tabs

tabs.register("plans:overview")(
    MenuTab(
        section=Section.REGIONS,
        order=60,
        label=pgettext_lazy("menu", "National plans"),
        pages=("plans:*",),
        is_shown=has_seat_in_coalition,
    )
)
