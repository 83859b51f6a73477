"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions.menu import MenuSection, MenuTab, is_signed_in, menu_tabs

menu_tabs.register("library:item_list")(
    MenuTab(
        section=MenuSection.LIBRARY,
        order=10,
        label=pgettext_lazy("menu", "Practices and guidelines"),
        pages=("library:*", "exchange:cite"),
    )
)
menu_tabs.register("library:collection_list")(
    MenuTab(
        section=MenuSection.LIBRARY,
        order=20,
        label=pgettext_lazy("menu", "Collections"),
        pages=("library:collect*", "library:entry_*"),
    )
)
menu_tabs.register("library:elsewhere")(
    MenuTab(
        section=MenuSection.LIBRARY,
        order=40,
        label=pgettext_lazy("menu", "From other regions"),
        is_shown=is_signed_in,
    )
)
