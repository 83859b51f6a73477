"""Answering one question of a charter, and signing."""

from collections.abc import Sequence
from typing import Any

from django import forms

from jukwaa.cooperation.charters import Question
from jukwaa.cooperation.forms.work import box
from jukwaa.cooperation.forms.work_rows import Rows
from jukwaa.cooperation.models import Charter, Party
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm

BLANKS = 2


class AnswerForm(ScreenedForm):
    """`version` is that of the charter which the writer had before them."""

    template_name = "cooperation/answer_fields.html"

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(
        self, *args: Any, charter: Charter, question: Question, parties: Sequence[Party], **kwargs: Any
    ) -> None:
        self.question = question
        there = charter.answers.get(question.name)
        initial = {"version": charter.version, "answer": there}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.rows: Rows | None = None
        if question.type == "text":
            self.fields["answer"] = box(question.label, rows=8, help_text=question.hint, required=False)
        else:
            self.rows = Rows(self, question.name, there or (), BLANKS, parties, full=True)

    @property
    def screened_fields(self) -> tuple[str, ...]:
        rows = tuple(name for name in self.fields if name.endswith(("-what", "-indicator")))
        return (*rows, *(("answer",) if "answer" in self.fields else ()))

    def clean(self) -> dict[str, Any]:
        self.SCREENED = self.screened_fields  # type: ignore[misc]  # the questions differ from charter to charter
        cleaned = super().clean()
        if self.rows is not None:
            self.rows.check()
        return cleaned

    def answer(self) -> Any:
        return self.cleaned_data["answer"] if self.rows is None else self.rows.answers()


class SignForm(Form):
    """`digest` is of the text that stood on the page."""

    collects_personal_data = True

    digest = forms.CharField(max_length=64, widget=forms.HiddenInput())
