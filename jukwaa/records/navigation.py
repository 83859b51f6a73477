"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import Section, Tab, is_safeguarding_lead, tabs

tabs.register("records:document_list")(
    Tab(
        section=Section.LIBRARY,
        order=30,
        label=pgettext_lazy("menu", "Source documents"),
        pages=("records:document_*",),
    )
)
tabs.register("records:held_list")(
    Tab(
        section=Section.MANAGE,
        order=80,
        label=pgettext_lazy("menu", "Quarantine"),
        pages=("records:held_*",),
        is_shown=is_safeguarding_lead,
    )
)
