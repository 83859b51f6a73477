"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuTab, Section, tabs

tabs.register("events:calendar")(
    MenuTab(
        section=Section.MEETINGS,
        order=20,
        label=pgettext_lazy("menu", "Calendar"),
        pages=("events:calendar_list",),
    )
)
tabs.register("events:event_list")(
    MenuTab(
        section=Section.COOPERATION,
        order=50,
        label=pgettext_lazy("menu", "Events and campaigns"),
        pages=("events:*",),
    )
)
