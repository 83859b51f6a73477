"""What a suggestion would enter, in a person's own words; who a name is; parts of the meeting."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.core.forms import Form
from jukwaa.intake.actions import Wording
from jukwaa.intake.desk import AT_HAND, OTHERS
from jukwaa.intake.forms.fields import EitherText
from jukwaa.intake.models import ATTENDANCE, Actor, DeskKind, Suggestion
from jukwaa.meetings.models import Attendance


class WordingForm(Form):
    """All that a person may edit of a suggestion. What its kind does not have is left out when it is kept."""

    use_required_attribute = False

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("Choose a kind")), *[(kind.value, kind.label) for kind in (*AT_HAND, *OTHERS)]],
        error_messages={"required": gettext_lazy("Choose what it is: a decision, an offer, somebody who came ...")},
    )
    text = EitherText(
        label=gettext_lazy("What is to stand in the record"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    actors = EitherText(
        label=gettext_lazy("Who"),
        help_text=gettext_lazy("As the document writes them, one a line. Nobody in the sentence means nobody here."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    came_as = forms.ChoiceField(
        label=gettext_lazy("On that day"),
        choices=[("", "—"), *Attendance.As.choices],
        required=False,
    )
    is_chair = forms.BooleanField(label=gettext_lazy("Chaired the meeting"), required=False)
    owner = forms.CharField(
        label=gettext_lazy("Who will do it"),
        help_text=gettext_lazy("Only if the document says so."),
        max_length=250,
        required=False,
    )
    due_text = forms.CharField(label=gettext_lazy("By when, as the document writes it"), max_length=120, required=False)
    due_on = forms.DateField(
        label=gettext_lazy("By when, as a date"),
        help_text=gettext_lazy("If the document gives one: 2009-11-27."),
        error_messages={"invalid": gettext_lazy("Write the day as 2009-11-27, or leave it empty.")},
        required=False,
    )

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.is_bound:  # else what went wrong is read first
            self.fields["kind"].widget.attrs["autofocus"] = True

    def wording(self) -> Wording:
        data = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        return Wording(**{**data, "actors": data["actors"].splitlines()})

    @property
    def is_attendance(self) -> bool:
        return self["kind"].value() in ATTENDANCE

    @property
    def is_commitment(self) -> bool:
        return bool(self["kind"].value() == DeskKind.COMMITMENT)

    @staticmethod
    def initial_of(wording: Wording) -> dict[str, Any]:
        return {**wording.__dict__, "actors": "\n".join(wording.actors)}


class MergeForm(Form):
    """With which other suggestion it is the same."""

    into = forms.ModelChoiceField(
        label=gettext_lazy("It is the same as"),
        queryset=Suggestion.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose one of them, or go back."),
            "invalid_choice": gettext_lazy("That one was decided meanwhile. Choose another."),
        },
    )

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, others: QuerySet[Suggestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.queryset = others
        field.label_from_instance = lambda other: (
            _("Sentence %(number)s, %(kind)s: %(text)s")
            % {
                "number": other.sentence.number,
                "kind": other.get_kind_display(),
                "text": other.text,
            }
        )


class ActorForm(Form):
    """Whom a name means."""

    means = forms.ChoiceField(
        label=gettext_lazy("This is"),
        choices=Actor.Means.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what the name means.")},
    )
    organisation = forms.CharField(
        label=gettext_lazy("Which organisation of the directory"),
        help_text=gettext_lazy("Its name, acronym or a former name."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "organisations"}),
    )
    new_name = forms.CharField(
        label=gettext_lazy("Name of the new organisation"),
        help_text=gettext_lazy("It is added to the directory when you enter the reading, and not before."),
        max_length=200,
        required=False,
    )

    def __init__(self, *args: Any, coalition: Coalition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.coalition = coalition
        self.found: Organisation | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        means = data.get("means")
        if means == Actor.Means.NEW and not data.get("new_name", "").strip():
            self.add_error("new_name", _("Write the name of the organisation."))
        if means == Actor.Means.MATCHED:
            self.found = self._organisation(data.get("organisation", "").strip())
            if self.found is None:
                self.add_error(
                    "organisation",
                    _("The directory has no organisation of that name. Choose another, or “a new organisation”."),
                )
        return data

    def _organisation(self, name: str) -> Organisation | None:
        there = Organisation.objects.of(self.coalition)
        if not name:
            return None
        return (
            there.filter(name__iexact=name).first()
            or there.filter(acronym__iexact=name).first()
            or there.filter(names__name__iexact=name).first()
        )


class PartForm(Form):
    """Sentences that report one part of the meeting."""

    title = forms.CharField(label=gettext_lazy("Title of the part"), max_length=200)
    first = forms.IntegerField(label=gettext_lazy("From sentence"), min_value=1)
    last = forms.IntegerField(label=gettext_lazy("To sentence"), min_value=1)
    chatham = forms.BooleanField(
        label=gettext_lazy("It was held under the Chatham House Rule"),
        help_text=gettext_lazy(
            "Then nothing is kept of who spoke in it, and the document stays closed to all but whoever brought it."
        ),
        required=False,
    )
