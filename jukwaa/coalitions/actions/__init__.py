"""Everything that changes who belongs to a coalition, and what it is called."""

from jukwaa.coalitions.actions.affiliations import (
    add_affiliation,
    change_affiliation,
    confirm_affiliation,
    end_affiliation,
    say_affiliation,
)
from jukwaa.coalitions.actions.entering import enter_rows
from jukwaa.coalitions.actions.imports import bring_table, leave_row_out, map_columns, mend_row
from jukwaa.coalitions.actions.listing import put_on_list, take_off_list
from jukwaa.coalitions.actions.memberships import (
    accept_application,
    add_membership,
    apply_as_organisation,
    apply_on_ones_own,
    close_ended_membership,
    date_membership,
    decline_application,
    end_membership,
    withdraw_application,
)
from jukwaa.coalitions.actions.merging import keep_apart, merge_organisations
from jukwaa.coalitions.actions.minors import mark_under_18, remove_under_18_mark, withdraw_guardian_consent
from jukwaa.coalitions.actions.organisations import (
    OrganisationFacts,
    add_organisation,
    add_organisation_name,
    change_organisation,
)
from jukwaa.coalitions.actions.people import PersonFacts, add_person, change_person, take_out_person
from jukwaa.coalitions.actions.roles import change_role, end_role, give_role, hand_over_role
from jukwaa.coalitions.actions.settings import (
    add_area,
    add_coalition_name,
    add_scheme,
    change_coalition,
    remove_area,
    rename_area,
)
