"""What people do with a national plan."""

from jukwaa.plans.actions.assessments import (
    EditionChange,
    assess_capability,
    move_to_next_edition,
    preview_edition_change,
)
from jukwaa.plans.actions.evidence import add_capability_evidence, remove_capability_evidence
from jukwaa.plans.actions.linked_records import (
    create_need_from_plan,
    link_event_to_plan,
    share_practice_from_plan,
    unlink_record_from_plan,
)
from jukwaa.plans.actions.monthly_counts import count_answers_of_last_month
from jukwaa.plans.actions.plans import (
    change_plan,
    close_plan,
    consent_to_figures,
    delete_plan,
    open_plan,
    set_plan_baseline,
    withdraw_plan_consent,
)
from jukwaa.plans.actions.team import add_team_member, answer_plan_claim, claim_inactive_plan, leave_plan_team
