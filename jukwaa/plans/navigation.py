"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import Section, Tab, is_inside, tabs

tabs.register("plans:overview")(
    Tab(
        section=Section.REGIONS,
        order=60,
        label=pgettext_lazy("menu", "National plans"),
        pages=("plans:*",),
        is_shown=is_inside,
    )
)
