"""Answering an input, several at once, and taking a proposed wording up."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.forms import ScreenedForm, copy_form_data_with_value
from jukwaa.drafting.actions import InputAnswer, WordingAcceptance
from jukwaa.drafting.models import Disposition, Input

MAX_REASON_LENGTH = 5_000
INPUT_ANSWER_CHOICES = [choice for choice in Input.Answer.choices if choice[0] != Input.Answer.WITHDRAWN]
ACCEPTANCE_CHOICES = [
    choice for choice in INPUT_ANSWER_CHOICES if choice[0] in (Input.Answer.ACCEPTED, Input.Answer.IN_PART)
]


def build_reason_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=MAX_REASON_LENGTH,
        required=required,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The author of the input and everyone who can read the text can read your reason."),
        error_messages={
            "required": _("Enter a reason, in one sentence or more. The author of the input will read it."),
            "max_length": _("Shorten the reason to 5,000 characters or fewer."),
        },
    )


class AnswerForm(ScreenedForm):
    """`seen` is the number of the answer that stood there when this one was begun."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)
    use_required_attribute = False  # whoever points at another input needs no reason
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("duplicate_of",)

    answer = forms.ChoiceField(
        label=_("Response"),
        choices=INPUT_ANSWER_CHOICES,
        widget=forms.RadioSelect(),
        error_messages={"required": _("Choose a response."), "invalid_choice": _("Choose a response.")},
    )
    reason = build_reason_field(required=True)
    duplicate_of = forms.IntegerField(
        label=_("Number of the input that this one duplicates"),
        required=False,
        min_value=1,
        max_value=2**31,
        help_text=_("Only for a duplicate. The number is shown beside each input."),
        error_messages={"invalid": _("Enter the number of the input that this one duplicates.")},
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = self.data.get(self.add_prefix("answer")) != Input.Answer.DUPLICATE

    def answering(self) -> InputAnswer:
        said = self.cleaned_data
        other = Input.objects.filter(pk=said["duplicate_of"]).first() if said["duplicate_of"] else None
        is_duplicate = said["answer"] == Input.Answer.DUPLICATE
        return InputAnswer(
            answer=said["answer"],
            reason=said["reason"].strip(),
            duplicate_of=other if is_duplicate else None,
            seen=said["seen"],
        )

    @staticmethod
    def get_initial(latest: Disposition) -> dict[str, Any]:
        named = {name: getattr(latest, name) for name in ("answer", "reason")}
        return {**named, "duplicate_of": latest.duplicate_of_id, "seen": latest.pk}


class JointAnswerForm(AnswerForm):
    """One answer for all that were ticked."""

    def __init__(self, *args: Any, inputs: list[Input], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inputs = inputs

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.inputs:
            self.add_error(
                None,
                gettext(
                    "Select the inputs that you want to respond to. The inputs you selected already have a response."
                ),
            )
        return cleaned


class AcceptWordingForm(ScreenedForm):
    """Taking a proposed wording up: pressed at once it is taken as it is, else as it was merged by hand."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("body", "reason")

    body = forms.CharField(
        label=_("New wording of the clause"),
        strip=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 8}),
        error_messages={
            "required": _("Enter the new wording of the clause."),
            "max_length": _("Shorten the clause to 20,000 characters or fewer, or split it."),
        },
    )
    answer = forms.ChoiceField(
        label=_("Response"), choices=ACCEPTANCE_CHOICES, widget=forms.RadioSelect(), initial="accepted"
    )
    reason = build_reason_field(required=False)
    from_digest = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput())
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body", "answer"):  # the button that takes it as it is sends neither
            self.fields[name].required = not self.is_bound or self.add_prefix(name) in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.add_prefix("body") not in self.data:  # to be taken as it was proposed
            for name in ("body", "answer"):
                cleaned[name] = self.initial[name]
                self.data = copy_form_data_with_value(self.data, self.add_prefix(name), cleaned[name])
        return cleaned

    def build_wording_acceptance(self) -> WordingAcceptance:
        said = self.cleaned_data
        return WordingAcceptance(
            body=said["body"].replace("\r\n", "\n").strip(),
            from_digest=said["from_digest"],
            answer=said["answer"] or Input.Answer.ACCEPTED,
            reason=said["reason"].strip(),
            seen=said["seen"],
        )
