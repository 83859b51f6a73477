"""Asking an organisation that knows, and answering."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.cooperation.actions.enquiries import EnquiryAnswer
from jukwaa.core.safeguards.forms import ScreenedForm

MAX_ANSWER_LENGTH = 10_000


class AskExpertForm(ScreenedForm):
    """`token` makes a second press harmless."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("question",)

    question = forms.CharField(
        label=_("Your question"),
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Ask one question that can be answered in a few sentences. Do not describe a case or a child."),
        error_messages={"required": _("Enter your question.")},
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"token": uuid.uuid4()}, **kwargs)

    def get_action_arguments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("question", "token")}


class AnswerEnquiryForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("answer",)

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=MAX_ANSWER_LENGTH,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": _("Enter your answer. A few sentences are enough.")},
    )
    may_be_shared = forms.BooleanField(
        label=_("Others may read this answer"),
        required=False,
        help_text=_("Everyone who can read the need will also see the answer, and it can be added to the library."),
    )

    def build_enquiry_answer(self) -> EnquiryAnswer:
        return EnquiryAnswer(text=self.cleaned_data["answer"], may_be_shared=self.cleaned_data["may_be_shared"])
