"""The form of a condition: the answer, and who does what by when."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.forms.fields import DayField, build_text_field
from jukwaa.coalitions.models import Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.eligibility.models import ConditionAnswer

CONDITION_STEP_FIELDS = ("step", "responsible", "due_on")


class ConditionForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("note", "step")

    answer = forms.ChoiceField(
        label=_("Is this condition met?"),
        required=False,
        choices=[("", _("Not answered yet")), *ConditionAnswer.Answer.choices],
        help_text=_("We use your answer only if the record cannot show whether the condition is met."),
    )
    note = build_text_field(_("Note"), required=False)
    link = forms.URLField(
        label=_("Link to evidence"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": _("Enter a web address such as https://example.org/report.")},
    )
    step = forms.CharField(label=_("Next step"), required=False, max_length=200)
    responsible = forms.ChoiceField(
        label=_("Person in charge"),
        required=False,
        help_text=_("Choose a person with a role in the coalition. The step will appear in their tasks."),
    )
    due_on = DayField(label=_("Due date"))
    is_done = forms.BooleanField(label=_("The step is done"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, viewer_standing: Standing, answer: ConditionAnswer, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.get_initial(answer), **kwargs)
        roles = Role.objects.in_force().filter(coalition=viewer_standing.coalition).select_related("person")
        self._people = {str(role.person_id): role.person for role in roles}
        if answer.responsible is not None:  # a person without a role stays until another is chosen
            self._people.setdefault(str(answer.responsible_id), answer.responsible)
        named = sorted((get_display_name(person, viewer_standing), pk) for pk, person in self._people.items())
        self.set_choices("responsible", [("", gettext("Not assigned")), *((pk, name) for name, pk in named)])

    @staticmethod
    def get_initial(condition_answer: ConditionAnswer) -> dict[str, Any]:
        values = {name: getattr(condition_answer, name) for name in ConditionAnswer.FIELDS}
        return values | {"responsible": str(condition_answer.responsible_id or ""), "version": condition_answer.version}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors or not (any(cleaned.get(name) for name in CONDITION_STEP_FIELDS) or cleaned.get("is_done")):
            return cleaned
        if not cleaned.get("step"):
            self.add_error("step", _("Enter the next step, or leave the person and the date empty."))
        if not cleaned.get("responsible"):
            self.add_error("responsible", _("Choose who is in charge of the next step."))
        if not cleaned.get("due_on"):
            self.add_error("due_on", _("Enter the date by which the step must be done."))
        return cleaned

    def get_changes(self) -> dict[str, Any]:
        values = {name: self.cleaned_data[name] for name in ConditionAnswer.FIELDS}
        return values | {"responsible": self.get_person()}

    def get_person(self) -> Person | None:
        return self._people.get(self.cleaned_data["responsible"])
