"""Answering one question of a charter, and signing."""

from collections.abc import Sequence
from typing import Any

from django import forms

from jukwaa.cooperation.charters import CharterQuestion
from jukwaa.cooperation.forms.work import build_text_area_field
from jukwaa.cooperation.forms.work_rows import AnswerRowsField
from jukwaa.cooperation.models import Charter, Party
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm

BLANK_ANSWER_ROW_COUNT = 2


class CharterAnswerForm(ScreenedForm):
    """`version` is that of the charter which the writer had before them."""

    template_name = "cooperation/answer_fields.html"

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, charter: Charter, charter_question: CharterQuestion, parties: Sequence[Party], **kwargs: Any
    ) -> None:
        self.question = charter_question
        there = charter.answers.get(charter_question.name)
        initial = {"version": charter.version, "answer": there}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.rows: AnswerRowsField | None = None
        if charter_question.type == "text":
            self.fields["answer"] = build_text_area_field(
                charter_question.label, line_count=8, help_text=charter_question.hint, required=False
            )
        else:
            self.rows = AnswerRowsField(
                self, charter_question.name, there or (), BLANK_ANSWER_ROW_COUNT, parties, full=True
            )

    @property
    def screened_fields(self) -> tuple[str, ...]:
        rows = tuple(name for name in self.fields if name.endswith(("-what", "-indicator")))
        return (*rows, *(("answer",) if "answer" in self.fields else ()))

    def clean(self) -> dict[str, Any]:
        self.SCREENED_FIELDS = self.screened_fields  # type: ignore[misc]  # the questions differ from charter to charter
        cleaned = super().clean()
        if self.rows is not None:
            self.rows.check()
        return cleaned

    def answer(self) -> Any:
        return self.cleaned_data["answer"] if self.rows is None else self.rows.answers()


class SignCharterForm(Form):
    """`digest` is of the text that stood on the page."""

    collects_personal_data = True

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput())
