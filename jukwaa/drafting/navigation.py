"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, is_signed_in, menu_tabs

menu_tabs.register("drafting:text_list")(
    MenuTab(
        section=MenuSection.CONSULTATIONS,
        order=10,
        label=pgettext_lazy("menu", "Drafts and consultations"),
        pages=("drafting:*",),
    )
)
menu_tabs.register("drafting:own_inputs")(
    MenuTab(
        section=MenuSection.CONSULTATIONS,
        order=20,
        label=pgettext_lazy("menu", "Your inputs"),
        is_shown=is_signed_in,
    )
)
menu_tabs.register("drafting:term_list")(
    MenuTab(
        section=MenuSection.CONSULTATIONS,
        order=30,
        label=pgettext_lazy("menu", "Glossary"),
        pages=("drafting:term_*",),
    )
)
