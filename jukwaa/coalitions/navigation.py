"""Where the pages of this app are in the main menu."""

from django.utils.translation import pgettext_lazy

from jukwaa.coalitions import policies
from jukwaa.coalitions.menu import MenuTab, Section, is_coordinator, tabs

tabs.register("coalitions:directory")(
    MenuTab(
        section=Section.MEMBERS,
        order=10,
        label=pgettext_lazy("menu", "Organisations"),
        pages=("coalitions:*", "records:organisation_record*"),
    )
)
tabs.register("coalitions:person_list")(
    MenuTab(
        section=Section.MEMBERS,
        order=20,
        label=pgettext_lazy("menu", "People"),
        pages=("coalitions:person_*", "coalitions:minor_*"),
    )
)
tabs.register("coalitions:roles")(
    MenuTab(
        section=Section.MEMBERS,
        order=30,
        label=pgettext_lazy("menu", "Roles"),
        pages=("coalitions:role_*",),
    )
)
tabs.register("coalitions:representation")(
    MenuTab(
        section=Section.MEMBERS,
        order=40,
        label=pgettext_lazy("menu", "Representation"),
    )
)
tabs.register("coalitions:apply")(
    MenuTab(
        section=Section.MEMBERS,
        order=50,
        label=pgettext_lazy("menu", "Apply to join"),
        pages=("coalitions:apply_person",),
    )
)
tabs.register("coalitions:applications")(
    MenuTab(
        section=Section.MANAGE,
        order=20,
        label=pgettext_lazy("menu", "Applications"),
        pages=("coalitions:application_*",),
        is_shown=is_coordinator,
    )
)
tabs.register("coalitions:confirmations")(
    MenuTab(
        section=Section.MANAGE,
        order=30,
        label=pgettext_lazy("menu", "Affiliations to confirm"),
        is_shown=is_coordinator,
    )
)
tabs.register("coalitions:import_start")(
    MenuTab(
        section=Section.MANAGE,
        order=60,
        label=pgettext_lazy("menu", "Spreadsheet import"),
        pages=("coalitions:import_*",),
        is_shown=policies.can_import_members,
    )
)
tabs.register("coalitions:list_entries")(
    MenuTab(
        section=Section.MANAGE,
        order=75,
        label=pgettext_lazy("menu", "Mailing list addresses"),
        pages=("coalitions:list_*",),
        is_shown=policies.can_manage_mailing_list,
    )
)
tabs.register("coalitions:duplicates")(
    MenuTab(
        section=Section.MANAGE,
        order=100,
        label=pgettext_lazy("menu", "Duplicates"),
        pages=("coalitions:merge*", "coalitions:keep_apart"),
        is_shown=policies.can_merge_organisations,
    )
)
tabs.register("coalitions:settings")(
    MenuTab(
        section=Section.MANAGE,
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
