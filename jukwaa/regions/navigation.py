"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, menu_tabs
from jukwaa.regions import policies

menu_tabs.register("regions:coverage")(
    MenuTab(
        section=MenuSection.REGIONS,
        order=10,
        label=pgettext_lazy("menu", "Coverage"),
        pages=("regions:coverage_*", "regions:measure_*", "regions:region_*", "regions:gap_*"),
    )
)
menu_tabs.register("regions:observation_list")(
    MenuTab(
        section=MenuSection.REGIONS,
        order=20,
        label=pgettext_lazy("menu", "Observations"),
        pages=("regions:issue_detail", "regions:voice_*"),
    )
)
menu_tabs.register("regions:outreach_list")(
    MenuTab(
        section=MenuSection.REGIONS,
        order=30,
        label=pgettext_lazy("menu", "Outreach plans"),
        pages=(
            "regions:outreach_*",
            "regions:question_*",
            "regions:milestone_*",
            "regions:hosting_*",
            "regions:issue_new",
        ),
    )
)
menu_tabs.register("regions:prospect_list")(
    MenuTab(
        section=MenuSection.REGIONS,
        order=40,
        label=pgettext_lazy("menu", "Invitations"),
        pages=("regions:prospect_*",),
        is_shown=policies.can_see_candidates,
    )
)
menu_tabs.register("regions:brief_list")(
    MenuTab(
        section=MenuSection.REGIONS,
        order=50,
        label=pgettext_lazy("menu", "Policy briefs"),
        pages=("regions:brief_*", "regions:delivery_*", "regions:asked_*", "regions:translation_confirm"),
    )
)
