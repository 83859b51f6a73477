"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import Section, Tab, tabs

tabs.register("events:calendar")(
    Tab(
        section=Section.MEETINGS,
        order=20,
        label=pgettext_lazy("menu", "Calendar"),
        pages=("events:calendar_list",),
    )
)
tabs.register("events:event_list")(
    Tab(
        section=Section.COOPERATION,
        order=50,
        label=pgettext_lazy("menu", "Events and campaigns"),
        pages=("events:*",),
    )
)
