"""What people do with a national plan."""

from jukwaa.plans.actions.assessing import Crossing, assess, carry_over, crossing
from jukwaa.plans.actions.counting import count_month
from jukwaa.plans.actions.evidence import rest_no_more, rest_on
from jukwaa.plans.actions.plans import (
    change_plan,
    close_plan,
    consent_to_figures,
    delete_plan,
    open_plan,
    set_baseline,
    withdraw_consent,
)
from jukwaa.plans.actions.team import answer_claim, claim_plan, leave_team, name_member
from jukwaa.plans.actions.tying import ask_for_help, share_practice, tie_event, untie
