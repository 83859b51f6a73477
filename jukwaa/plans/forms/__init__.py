"""What the pages of a plan ask."""

from jukwaa.plans.forms.plans import (
    AssessmentForm,
    BaselineForm,
    DeletePlanForm,
    LinkEventForm,
    NewPlanForm,
    PlanForm,
    TeamMemberForm,
)
from jukwaa.plans.forms.sharing import PlanNeedForm, PlanPracticeForm
