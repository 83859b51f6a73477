"""Personal data: memberships, roles, activities and imported spreadsheets."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.protections import ProtectionReplay, ProtectionTopic, protection_replay_registry
from jukwaa.coalitions import departures
from jukwaa.coalitions import erasure as erasing
from jukwaa.coalitions.merge_rules import merge_affiliations, merge_memberships, merge_period_dates
from jukwaa.coalitions.models import (
    Activity,
    Affiliation,
    Capacity,
    Import,
    ImportChange,
    ImportRow,
    ListEntry,
    Membership,
    Role,
)
from jukwaa.core.personal_data import (
    KEEP_DECISION,
    RETAINED_WITH_COALITION,
    ClearColumns,
    DeleteRows,
    ErasurePart,
    KeepRows,
    LegalBasis,
    MoveRows,
    PersonalData,
    Purpose,
    RetentionPeriod,
    erasure_obstacle_registry,
    erasure_part_registry,
    personal_data_registry,
    purpose_registry,
)

purpose_registry.register("membership")(
    Purpose(
        title=_("Directory and membership"),
        why=_(
            "To know which organisations and people belong to the coalition, who represents whom, and who to contact."
        ),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("Members, applicants, representatives of organisations, and people on the mailing list"),
        recipients=_(
            "Members of the coalition; everyone can see roles, and the names of people who have made their name public"
        ),
    )
)
purpose_registry.register("imports")(
    Purpose(
        title=_("Imports"),
        why=_("To import existing lists of members and existing reports, and to check the result."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People named in spreadsheets and reports that a coalition already had"),
        recipients=_("Coordinators and rapporteurs, until the result has been added to the record"),
    )
)

KEEP_ROW_WITHOUT_NAME = KeepRows(_("The record has to show who represented whom and when. The name is removed."))

personal_data_registry.register(Affiliation)(
    PersonalData(
        fields=("person", "position", "phone", "no_invitations", "confirmed_by"),
        purpose="membership",
        retention=RETAINED_WITH_COALITION,
        erasure=ClearColumns(("position", "phone", "no_invitations"), why=KEEP_ROW_WITHOUT_NAME.why),
        people=("person",),
        title=_("Organisations that you belong to"),
        download=(
            *("organisation__name", "position", "phone", "may_speak", "no_invitations"),
            *("starts_on", "ends_on", "confirmed_on"),
        ),
        merging=MoveRows(join=merge_affiliations),
    )
)

WITHDRAWN_APPLICATION_Q = Q(standing=Membership.Standing.LEFT, starts_on__isnull=True, applied_on__isnull=False)

# `reason` of a declined application can't be empty in the database: a part of the erasure below replaces it.
personal_data_registry.register(Membership)(
    PersonalData(
        fields=("person", "applicant", "motivation", "reason"),
        purpose="membership",
        retention=RetentionPeriod(
            days=365,
            since="ends_on",
            where=Q(standing=Membership.Standing.DECLINED) | WITHDRAWN_APPLICATION_Q,
            what=_("declined and withdrawn applications"),
            otherwise=RETAINED_WITH_COALITION,
        ),
        erasure=ClearColumns(("motivation",), why=KEEP_ROW_WITHOUT_NAME.why),
        people=("person", "applicant"),
        title=_("Memberships and applications"),
        download=(
            "coalition__name",
            "organisation__name",
            "standing",
            "motivation",
            "applied_on",
            "starts_on",
            "ends_on",
            "reason",
            "country",
            "stakeholder_group",
        ),
        merging=MoveRows(join=merge_memberships),
    )
)

personal_data_registry.register(Role)(
    PersonalData(
        fields=("person",),
        purpose="membership",
        retention=RETAINED_WITH_COALITION,
        erasure=KeepRows(_("The record has to show when a role was held. The name is removed.")),
        people=("person",),
        title=_("Your roles"),
        download=("coalition__name", "kind", "starts_on", "ends_on"),
        merging=MoveRows(join=merge_period_dates),
    )
)

# On their own people speak under their own name, which `name` holds then: a part of the erasure below replaces it, in
# those rows alone. For an organisation it is the name of the organisation.
personal_data_registry.register(Capacity)(
    PersonalData(
        fields=("person", "name"),
        purpose="membership",
        retention=RETAINED_WITH_COALITION,
        erasure=KeepRows(_("The record has to show what each organisation said. Your name is removed.")),
        people=("person",),
        title=_("Organisations that you represented"),
        download=("coalition__name", "name", "stakeholder_group", "country", "taken_at"),
    )
)

personal_data_registry.register(ListEntry)(
    PersonalData(
        fields=("person",),
        purpose="membership",
        retention=RETAINED_WITH_COALITION,
        erasure=DeleteRows(),
        people=("person",),
        title=_("Mailing lists"),
        download=("coalition__name", "starts_on", "ends_on"),
        merging=MoveRows(join=merge_period_dates),
    )
)

# Append-only: triggers refuse to change or delete a row.
personal_data_registry.register(Activity)(
    PersonalData(
        fields=("actor", "capacity"),
        purpose="security",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_DECISION,
        people=("actor", "actor__merged_into"),
        title=_("Your activity"),
        download=("coalition__name", "verb", "kind", "object_id", "at"),
        merging=KeepRows(_("Past activity cannot be changed. It will be shown under the account that you keep.")),
    )
)

# The rows of a person inside `table` are found by a part of the erasure below, by their address and name.
personal_data_registry.register(Import)(
    PersonalData(
        fields=("by", "file_name", "table", "notes", "decisions", "row_looks"),
        purpose="imports",
        retention=RetentionPeriod(
            days=90,
            since="at",
            clears=("table", "notes", "decisions", "row_looks"),
            what=_("the contents of imported spreadsheets"),
            otherwise=RETAINED_WITH_COALITION,
        ),
        erasure=KeepRows(_("The person's row is removed from the spreadsheet. Rows about other people stay.")),
    )
)

personal_data_registry.register(ImportRow)(
    PersonalData(
        fields=("cells", "reason", "notes", "problems", "person"),
        purpose="imports",
        retention=RetentionPeriod(
            days=90,
            since="source__at",
            clears=("cells", "notes", "problems"),
            what=_("the cells of imported spreadsheets"),
            otherwise=RETAINED_WITH_COALITION,
        ),
        erasure=ClearColumns(
            ("cells", "notes", "problems"),
            why=_("The import still shows that there was a row, but not what it contained."),
        ),
        people=("person",),
        title=_("Spreadsheet rows about you"),
        download=("source__at", "cells"),
    )
)

personal_data_registry.register(ImportChange)(
    PersonalData(
        fields=("before", "after"),
        purpose="imports",
        retention=RetentionPeriod(
            days=90, since="source__at", what=_("the list of changes that is used to undo an import")
        ),
        erasure=KeepRows(_("The list contains only numbers and dates.")),
    )
)

erasure_part_registry.register("memberships-end")(
    ErasurePart(
        title=_("Your memberships and applications that will end"),
        model=Membership,
        find=erasing.find_person_memberships,
        erase=erasing.end_person_participations,
    )
)
erasure_part_registry.register("affiliations-end")(
    ErasurePart(
        title=_("Your affiliations with organisations that will end"),
        model=Affiliation,
        find=erasing.find_person_affiliations,
        erase=erasing.end_person_participations,
    )
)
erasure_part_registry.register("roles-end")(
    ErasurePart(
        title=_("Your roles that will end"),
        model=Role,
        find=erasing.find_person_roles,
        erase=erasing.end_person_participations,
    )
)
erasure_part_registry.register("declined")(
    ErasurePart(
        title=_("The reason why your application was declined"),
        model=Membership,
        find=erasing.find_declined_memberships,
        erase=erasing.erase_decline_reasons,
        columns=("reason",),
    )
)
erasure_part_registry.register("own-name")(
    ErasurePart(
        title=_("Your name where you took part as an individual"),
        model=Capacity,
        find=erasing.find_person_capacities,
        erase=erasing.anonymise_person_capacities,
        columns=("name",),
    )
)
erasure_part_registry.register("imported-tables")(
    ErasurePart(
        title=_("Spreadsheets with a row about you"),
        model=Import,
        find=erasing.find_person_imports,
        erase=erasing.clear_imported_table_rows,
        columns=("table", "notes", "row_looks"),
    )
)
erasure_part_registry.register("imported-rows")(
    ErasurePart(
        title=_("Rows of spreadsheets with your name or address"),
        model=ImportRow,
        find=erasing.find_import_rows,
        erase=erasing.clear_import_rows,
        columns=("cells", "reason", "notes", "problems"),
    )
)
erasure_obstacle_registry.register("roles")(erasing.find_sole_role_obstacles)

protection_replay_registry.register(ProtectionTopic.KEPT_NAME)(
    ProtectionReplay(
        find=departures.find_names_to_hide_again,
        redo=departures.hide_name_again,
        report="{n} names hidden in the record of a coalition.",
    )
)
