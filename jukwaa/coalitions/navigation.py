"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions import policies
from jukwaa.coalitions.menu import MenuSection, MenuTab, is_coordinator, menu_tabs

menu_tabs.register("coalitions:directory")(
    MenuTab(
        section=MenuSection.MEMBERS,
        order=10,
        label=pgettext_lazy("menu", "Organisations"),
        pages=("coalitions:*", "records:organisation_record*"),
    )
)
menu_tabs.register("coalitions:person_list")(
    MenuTab(
        section=MenuSection.MEMBERS,
        order=20,
        label=pgettext_lazy("menu", "People"),
        pages=("coalitions:person_*", "coalitions:minor_*"),
    )
)
menu_tabs.register("coalitions:roles")(
    MenuTab(
        section=MenuSection.MEMBERS,
        order=30,
        label=pgettext_lazy("menu", "Roles"),
        pages=("coalitions:role_*",),
    )
)
menu_tabs.register("coalitions:representation")(
    MenuTab(
        section=MenuSection.MEMBERS,
        order=40,
        label=pgettext_lazy("menu", "Representation"),
    )
)
menu_tabs.register("coalitions:apply")(
    MenuTab(
        section=MenuSection.MEMBERS,
        order=50,
        label=pgettext_lazy("menu", "Apply to join"),
        pages=("coalitions:apply_person",),
    )
)
menu_tabs.register("coalitions:applications")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=20,
        label=pgettext_lazy("menu", "Applications"),
        pages=("coalitions:application_*",),
        is_shown=is_coordinator,
    )
)
menu_tabs.register("coalitions:confirmations")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=30,
        label=pgettext_lazy("menu", "Affiliations to confirm"),
        is_shown=is_coordinator,
    )
)
menu_tabs.register("coalitions:import_start")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=60,
        label=pgettext_lazy("menu", "Spreadsheet import"),
        pages=("coalitions:import_*",),
        is_shown=policies.can_import_members,
    )
)
menu_tabs.register("coalitions:list_entries")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=75,
        label=pgettext_lazy("menu", "Mailing list addresses"),
        pages=("coalitions:list_*",),
        is_shown=policies.can_manage_mailing_list,
    )
)
menu_tabs.register("coalitions:duplicates")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=100,
        label=pgettext_lazy("menu", "Duplicates"),
        pages=("coalitions:merge*", "coalitions:keep_apart"),
        is_shown=policies.can_merge_organisations,
    )
)
menu_tabs.register("coalitions:settings")(
    MenuTab(
        section=MenuSection.MANAGE,
        order=110,
        label=pgettext_lazy("menu", "Settings"),
        pages=(
            "coalitions:area*",
            "coalitions:scheme_add",
            "coalitions:coalition_name_add",
            "drafting:rules",
            "meetings:quorum_edit",
            "proposals:settings_edit",
            "proposals:secretariat_edit",
        ),
        is_shown=policies.can_change_settings,
    )
)
