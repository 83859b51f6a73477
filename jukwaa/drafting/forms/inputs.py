"""Giving an input, and writing down what somebody said elsewhere."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.forms.fields import DayField, find_organisations_by_name
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.safeguards import SafeguardHit
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.actions import InputContent
from jukwaa.drafting.actions.inputs import MAX_INPUT_LENGTH
from jukwaa.drafting.models import Input, Placement, Text
from jukwaa.drafting.text_matching import find_matching_clause_words
from jukwaa.places.languages import get_language_choices

InputKind = Input.Kind
INPUT_TOO_LONG_MESSAGE = _(
    "Shorten your input to 20,000 characters or fewer, or send the rest as a second input. Your text is still here."
)
INPUT_KIND_LABELS = {
    InputKind.COMMENT: _("Comment"),
    InputKind.QUESTION: _("Question"),
    InputKind.PROPOSAL: _("Proposed wording"),
    InputKind.SUPPORT: _("Support without changes"),
}


@dataclass(frozen=True)
class InputTarget:
    """What an input is about: a clause as it was asked about, a question by its number, or the whole."""

    placement: Placement | None = None
    question: int | None = None

    @property
    def body(self) -> str:
        return self.placement.wording.body if self.placement else ""


class InputContentForm(ScreenedForm):
    """What one says and about which words. `token` makes a second press of the button harmless."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("body", "proposed")
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("body", "proposed")

    kind = forms.ChoiceField(label=_("Type of input"), widget=forms.RadioSelect(), initial=InputKind.COMMENT)
    exact = forms.CharField(
        label=_("Words that the input is about"),
        required=False,
        max_length=MAX_INPUT_LENGTH,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Type or paste words from the clause. Leave this empty to comment on the whole clause."),
    )
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    body = forms.CharField(
        label=_("Text of the input"),
        required=False,
        max_length=MAX_INPUT_LENGTH,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"max_length": INPUT_TOO_LONG_MESSAGE},
    )
    proposed = forms.CharField(
        label=_("Proposed wording of the clause"),
        required=False,
        max_length=MAX_INPUT_LENGTH,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "Use this only if you propose new wording. Edit the clause here. Readers will see your changes highlighted."
        ),
        error_messages={"max_length": INPUT_TOO_LONG_MESSAGE},
    )
    language = forms.ChoiceField(label=_("Language of the input"), choices=())
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, place: InputTarget, **kwargs: Any) -> None:
        self.place = place
        here = get_language() or "en"
        begins = {"token": uuid.uuid4(), "language": here, "proposed": place.body, "kind": InputKind.COMMENT}
        kwargs["initial"] = {**begins, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.known_texts = [place.body]  # its drafters wrote the clause
        self.set_choices("language", get_language_choices(here))
        offered = [kind for kind in INPUT_KIND_LABELS if place.placement or kind != InputKind.PROPOSAL]
        self.set_choices("kind", [(kind.value, INPUT_KIND_LABELS[kind]) for kind in offered])
        if place.placement is None:
            for name in ("exact", "start", "proposed"):
                del self.fields[name]
        if place.question is not None:
            del self.fields["kind"]

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        hits = super().find_field_hits(name, text)
        return [hit for hit in hits if name != "proposed" or text[hit.start : hit.end] not in self.place.body]

    def clean_exact(self) -> str:
        typed = str(self.cleaned_data["exact"])
        found = find_matching_clause_words(typed, self.place.body)
        if typed.strip() and not found:
            raise forms.ValidationError(
                gettext("Copy the words exactly from the clause, or leave this empty to comment on the whole clause.")
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind", InputKind.COMMENT)
        proposed = str(cleaned.get("proposed") or "")
        if (
            kind == InputKind.PROPOSAL
            and "proposed" not in self.errors
            and proposed.strip() in ("", self.place.body.strip())
        ):
            self.add_error(
                "proposed",
                gettext(
                    "Edit the clause here to show the wording you propose. You can explain your reasons in "
                    "the field above."
                ),
            )
        if kind in (InputKind.COMMENT, InputKind.QUESTION) and not cleaned.get("body") and "body" not in self.errors:
            self.add_error("body", gettext("Enter your comment or question."))
        return cleaned

    def build_input_content(self, channel: str = Input.Came.WEB) -> InputContent:
        """What `give_input` and `log_input` take."""
        told = self.cleaned_data
        kind = told.get("kind", InputKind.COMMENT)
        return InputContent(
            kind=kind,
            body=told["body"],
            proposed=told.get("proposed", "") if kind == InputKind.PROPOSAL else "",
            clause=self.place.placement.clause if self.place.placement else None,
            exact=told.get("exact", ""),
            start=told.get("start") or 0,
            question=self.place.question,
            language=told["language"],
            came=channel,
        )


class InputForm(InputContentForm):
    capacity = forms.ChoiceField(
        label=_("Who do you represent?"),
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose who you represent.")},
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        offered = build_capacity_choices(standing)
        self.offered = {choice.value: choice.organisation for choice in offered}
        kwargs["initial"] = {"capacity": offered[0].value, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.set_choices("capacity", [(choice.value, choice.label) for choice in offered])
        if len(offered) == 1:  # nothing to choose, and still said
            self.fields["capacity"].required, self.fields["capacity"].widget = False, forms.HiddenInput()
            self.fields["body"].help_text = gettext("You are responding as an individual.")

    def get_organisation(self) -> Organisation | None:
        """For whom the writer speaks; None is on their own."""
        return self.offered[self.cleaned_data["capacity"] or next(iter(self.offered))]


class LoggedInputForm(InputContentForm):
    """What somebody said elsewhere, in the words of whoever writes it down."""

    collects_personal_data = True

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("who", "body", "proposed")

    came = forms.ChoiceField(
        label=_("How did you receive the input?"),
        choices=[
            (Input.Came.ROOM.value, _("In person")),
            (Input.Came.PHONE.value, _("By phone")),
            (Input.Came.MAIL.value, _("By email")),
        ],
        widget=forms.RadioSelect(),
        initial=Input.Came.ROOM,
    )
    said_on = DayField(label=_("Date of the input"), help_text=_("If you leave this empty, we will use today's date."))
    spoke_for = forms.CharField(
        label=_("Organisation that gave the input"),
        required=False,
        max_length=250,
        help_text=_("Enter the name as in the directory."),
    )
    who = forms.CharField(
        label=_("Role of the person, if there is no organisation"),
        required=False,
        max_length=200,
        help_text=_(
            "Only if the person did not represent an organisation, for example “a teacher from "
            "Mombasa”. Do not enter a name."
        ),
    )

    field_order: ClassVar[Sequence[str]] = ("came", "said_on", "spoke_for", "who", "kind")  # type: ignore[misc]  # the stubs take it for the instance's

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        self.text = text
        super().__init__(*args, **kwargs)

    def clean_said_on(self) -> date:
        day: date = self.cleaned_data["said_on"] or timezone.localdate()
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("Enter today's date or an earlier one."))
        return day

    def clean_spoke_for(self) -> Organisation | None:
        name = " ".join(str(self.cleaned_data["spoke_for"]).split())
        return find_organisations_by_name([name], self.text.coalition)[0] if name else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "spoke_for" not in self.errors and bool(cleaned.get("spoke_for")) == bool(cleaned.get("who")):
            self.add_error("who", gettext("Enter either the organisation or the role of the person, not both."))
        return cleaned

    def build_input_content(self, channel: str = "") -> InputContent:
        return super().build_input_content(channel or self.cleaned_data["came"])

    def get_said_at(self) -> datetime:
        day: date = self.cleaned_data["said_on"]
        now_ = timezone.now()
        return now_ if day == timezone.localdate() else datetime.combine(day, time(12), tzinfo=now_.tzinfo)
