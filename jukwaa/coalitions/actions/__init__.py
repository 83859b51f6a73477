"""Everything that changes who belongs to a coalition, and what it is called."""

from jukwaa.coalitions.actions.affiliations import (
    add_affiliation,
    change_affiliation,
    claim_affiliation,
    confirm_affiliation,
    end_affiliation,
)
from jukwaa.coalitions.actions.import_undo import undo_import
from jukwaa.coalitions.actions.imports import (
    RowAnswers,
    answer_questions_of_import,
    change_import_to_mailing_list,
    correct_import_row,
    create_import,
    delete_import,
    map_import_columns,
    skip_import_row,
)
from jukwaa.coalitions.actions.mailing_list import add_to_mailing_list, remove_from_mailing_list
from jukwaa.coalitions.actions.memberships import (
    accept_application,
    add_membership,
    apply_as_individual,
    apply_as_organisation,
    change_membership_dates,
    close_ended_membership,
    decline_application,
    end_membership,
    withdraw_application,
)
from jukwaa.coalitions.actions.merging import mark_organisations_as_distinct, merge_organisations
from jukwaa.coalitions.actions.minors import mark_under_18, remove_under_18_mark, withdraw_guardian_consent
from jukwaa.coalitions.actions.organisations import (
    OrganisationFacts,
    add_organisation,
    add_organisation_name,
    change_organisation,
)
from jukwaa.coalitions.actions.people import PersonFacts, add_person, change_person, remove_person
from jukwaa.coalitions.actions.person_merging import merge_people
from jukwaa.coalitions.actions.roles import assign_role, change_role, end_role, hand_over_role
from jukwaa.coalitions.actions.row_import import ImportResult, import_ready_rows
from jukwaa.coalitions.actions.settings import (
    add_area_of_work,
    add_area_scheme,
    add_coalition_name,
    change_coalition,
    remove_area_of_work,
    rename_area_of_work,
)
