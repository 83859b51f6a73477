"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, menu_tabs

menu_tabs.register("meetings:meeting_list")(
    MenuTab(
        section=MenuSection.MEETINGS,
        order=10,
        label=pgettext_lazy("menu", "All meetings"),
        pages=("meetings:*",),
    )
)
menu_tabs.register("meetings:idea_list")(
    MenuTab(
        section=MenuSection.MEETINGS,
        order=30,
        label=pgettext_lazy("menu", "Ideas"),
        pages=("meetings:idea_*", "meetings:merge_*"),
    )
)
menu_tabs.register("meetings:finding_list")(
    MenuTab(
        section=MenuSection.MEETINGS,
        order=60,
        label=pgettext_lazy("menu", "Key findings"),
        pages=("meetings:finding_*",),
    )
)
menu_tabs.register("meetings:agreed")(
    MenuTab(
        section=MenuSection.DECISIONS,
        order=10,
        label=pgettext_lazy("menu", "Decisions and commitments"),
        pages=("meetings:entry_*",),
    )
)
menu_tabs.register("meetings:decision_list")(
    MenuTab(
        section=MenuSection.DECISIONS,
        order=20,
        label=pgettext_lazy("menu", "Register of decisions"),
        pages=("meetings:decision_*", "meetings:dissent_*"),
    )
)
menu_tabs.register("meetings:commitment_list")(
    MenuTab(
        section=MenuSection.DECISIONS,
        order=30,
        label=pgettext_lazy("menu", "Commitments"),
        pages=("meetings:commitment_*",),
    )
)
menu_tabs.register("meetings:response_list")(
    MenuTab(
        section=MenuSection.DECISIONS,
        order=40,
        label=pgettext_lazy("menu", "Offers and requests"),
    )
)
