"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, menu_tabs

menu_tabs.register("cooperation:overview")(
    MenuTab(
        section=MenuSection.COOPERATION,
        order=10,
        label=pgettext_lazy("menu", "Overview"),
        pages=("cooperation:*",),
    )
)
menu_tabs.register("cooperation:offer_list")(
    MenuTab(
        section=MenuSection.COOPERATION,
        order=20,
        label=pgettext_lazy("menu", "Offers"),
        pages=("cooperation:offer_*",),
    )
)
menu_tabs.register("cooperation:need_list")(
    MenuTab(
        section=MenuSection.COOPERATION,
        order=30,
        label=pgettext_lazy("menu", "Needs"),
        pages=("cooperation:need_*", "cooperation:enquiry_*", "cooperation:match_*"),
    )
)
menu_tabs.register("cooperation:work_list")(
    MenuTab(
        section=MenuSection.COOPERATION,
        order=40,
        label=pgettext_lazy("menu", "Joint work"),
        pages=(
            "cooperation:work_*",
            "cooperation:party_*",
            "cooperation:charter_*",
            "cooperation:amendment_*",
            "cooperation:deliverable_*",
            "cooperation:outcome_*",
            "cooperation:figure_*",
            "cooperation:update_*",
            "cooperation:product_*",
            "cooperation:sign_by_link",
        ),
    )
)
