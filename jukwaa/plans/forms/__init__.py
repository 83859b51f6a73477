"""What the pages of a plan ask."""

from jukwaa.plans.forms.plans import AssessForm, BaselineForm, ChangeForm, EventForm, NameForm, OpenForm
from jukwaa.plans.forms.sharing import NeedOfPlanForm, PracticeOfPlanForm

__all__ = [
    "AssessForm",
    "BaselineForm",
    "ChangeForm",
    "EventForm",
    "NameForm",
    "NeedOfPlanForm",
    "OpenForm",
    "PracticeOfPlanForm",
]
