"""What the pages of a plan ask."""

from jukwaa.plans.forms.plans import AssessForm, BaselineForm, ChangeForm, DeleteForm, EventForm, NameForm, OpenForm
from jukwaa.plans.forms.sharing import NeedOfPlanForm, PracticeOfPlanForm
