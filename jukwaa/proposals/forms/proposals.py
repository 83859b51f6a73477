"""Forms of a proposal: starting it, the answer to one field, and what only people can check."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.models.people import Viewer
from jukwaa.core.forms import Form
from jukwaa.core.row_numbers import find_row_number_in_address
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.proposals.actions import hash_json_value
from jukwaa.proposals.call import CallField, CallFieldType, CallForProposals
from jukwaa.proposals.models import SESSION_PROPOSAL, Proposal
from jukwaa.proposals.subject import JUDGEMENT_KEY_PREFIX, format_stored_answer, is_list_call_field, split_answer_lines
from jukwaa.records.models import Record, State

MAX_ANSWER_LENGTH = 50_000  # longer than any form takes: what is too long for the call is kept, and said
YES_NO_CHOICES = [("", _("Not known yet")), ("yes", _("Yes")), ("no", _("No"))]
BOOLEAN_BY_YES_NO_VALUE = {"yes": True, "no": False}
# Which fact answers which check.
QUESTIONS_BY_FACT: dict[str, tuple[str, Any]] = {
    "earlier report": ("had_session_before", _("Did the coalition hold a session at the last forum?")),
    "not a committee member": (
        "is_by_committee_member",
        _("Is the proposer a member of the Multistakeholder Advisory Group?"),
    ),
    "proposals of a person": (
        "proposals_by_person",
        _("How many proposals is the proposer submitting, including this one?"),
    ),
    "proposals of an institution": (
        "proposals_by_institution",
        _("How many proposals is the proposer's institution submitting, including this one?"),
    ),
}
NUMBER_FACT_NAMES = {"proposals_by_person", "proposals_by_institution"}


class ProposalStartForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title",)

    title = forms.CharField(
        label=_("Working title"),
        max_length=250,
        help_text=_("You can change the title later."),
        error_messages={"required": _("Enter a working title.")},
    )
    earlier = forms.ModelChoiceField(
        Proposal.objects.none(),
        label=_("Copy answers from an earlier proposal"),
        required=False,
        empty_label=_("No earlier proposal"),
        help_text=_("If a field is in both forms, we copy the answer. We mark the new fields."),
    )
    origin = forms.CharField(
        label=_("Where the proposal comes from"),
        max_length=300,
        required=False,
        help_text=_("Paste the address of a page, such as an idea, a key finding, a meeting or a text."),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, viewer: Viewer, coalition: Coalition, origin_record: Record | None, **kwargs: Any
    ) -> None:
        self.readable = Record.objects.visible_to(viewer).of(coalition).filter(state=State.PUBLISHED)
        self.coalition = coalition
        initial_values: dict[str, Any] = {"token": uuid.uuid4()}
        initial_values |= _get_origin_values(origin_record) if origin_record else {}
        super().__init__(*args, initial=initial_values, **kwargs)
        earlier = Proposal.objects.visible_to(viewer).of(coalition).published()
        self.fields["earlier"].queryset = earlier  # type: ignore[attr-defined]  # a ModelChoiceField

    def clean_origin(self) -> Record | None:
        if not self.cleaned_data["origin"]:
            return None
        found: Record | None = self.readable.filter(pk=find_row_number_in_address(self.cleaned_data["origin"])).first()
        if found is None:
            raise forms.ValidationError(
                gettext("No published record was found at this address. Check it and try again.")
            )
        found.coalition = self.coalition
        return found

    def get_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("title", "earlier", "origin", "token")}


def _get_origin_values(origin_record: Record) -> dict[str, Any]:
    """Return what the form begins with: the answers of an earlier proposal, or where it comes from."""
    if origin_record.kind == SESSION_PROPOSAL:
        return {"title": origin_record.title, "earlier": origin_record.pk}
    return {"title": origin_record.title, "origin": origin_record.get_absolute_url()}


class FieldAnswerForm(ScreenedForm):
    """One field of the call. Nothing is refused for its length: the page says what is too long."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("answer",)

    answer = forms.CharField(required=False, max_length=MAX_ANSWER_LENGTH)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, field: CallField, current: Any, hint: str = "", **kwargs: Any) -> None:
        self.call_field = field
        super().__init__(*args, initial=get_answer_values(field, current), **kwargs)
        self.fields["answer"] = _build_answer_field(field, current)
        self.fields["answer"].label = field.label
        self.fields["answer"].help_text = hint or self.fields["answer"].help_text

    def get_answer(self) -> str | list[str]:
        answer = self.cleaned_data["answer"]
        if isinstance(answer, list):
            return answer
        text = "\n".join(answer.splitlines())
        return split_answer_lines(text) if is_list_call_field(self.call_field) else text


class RequiredFieldAnswerForm(FieldAnswerForm):
    """An empty answer can be saved, and the page does not call the field optional."""

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("answer",)


def get_answer_values(call_field: CallField, current_answer: Any) -> dict[str, Any]:
    """Return what the form begins with."""
    options = is_list_call_field(call_field) and bool(call_field.options) and not call_field.write_in
    answer = (current_answer or []) if options else format_stored_answer(current_answer)
    return {"answer": answer, "seen": hash_json_value(current_answer)}


def _build_answer_field(call_field: CallField, current_answer: Any) -> forms.Field:
    if call_field.options and not call_field.write_in:
        there = current_answer if isinstance(current_answer, list) else [current_answer or ""]
        others = [each for each in there if each and each not in call_field.options]  # of an earlier form: kept
        choices = [(each, each) for each in (*call_field.options, *others)]
        if is_list_call_field(call_field):
            return forms.MultipleChoiceField(choices=choices, required=False, widget=forms.CheckboxSelectMultiple)
        return forms.ChoiceField(choices=[("", _("Not answered yet")), *choices], required=False)
    built = forms.CharField(required=False, max_length=MAX_ANSWER_LENGTH)
    if call_field.type is CallFieldType.TEXT:
        built.widget = forms.Textarea({"rows": 12})
    elif call_field.type is CallFieldType.PEOPLE:
        built.widget, built.help_text = forms.Textarea({"rows": 6}), _("Enter one person on each line.")
    elif is_list_call_field(call_field):
        built.widget, built.help_text = forms.Textarea({"rows": 6}), _("Enter one option on each line.")
    elif call_field.type is CallFieldType.FILE:
        built.help_text = _("Enter the name of the file. You can attach the file on the proposal page.")
    return built


class ProposalFactsForm(Form):
    """Questions that follow from the rules of the call: what only people can answer."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, call: CallForProposals, proposal_facts: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial=get_fact_values(proposal_facts), **kwargs)
        self.kept = proposal_facts
        for rule in call.rules:
            if rule.check in QUESTIONS_BY_FACT:
                name, label = QUESTIONS_BY_FACT[rule.check]
                self.fields[name] = _build_question_field(name, label)
            elif rule.check == "judged by a person":
                self.fields[JUDGEMENT_KEY_PREFIX + rule.name] = _build_question_field(rule.name, rule.text)

    def get_facts(self) -> dict[str, Any]:
        """Return what is known, with the answers to questions that the call does not ask."""
        given = {
            name: BOOLEAN_BY_YES_NO_VALUE.get(value, value)
            for name, value in self.cleaned_data.items()
            if name != "seen"
        }
        facts = {name: value for name, value in self.kept.items() if name not in given}
        return facts | {name: value for name, value in given.items() if value not in ("", None)}


def get_fact_values(proposal_facts: dict[str, Any]) -> dict[str, Any]:
    """Return what the form begins with."""
    shown = {
        name: {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
        for name, value in proposal_facts.items()
    }
    return {**shown, "seen": hash_json_value(proposal_facts)}


def _build_question_field(field_name: str, field_label: Any) -> forms.Field:
    if field_name in NUMBER_FACT_NAMES:
        return forms.IntegerField(label=field_label, min_value=1, max_value=1000, required=False)
    return forms.ChoiceField(label=field_label, choices=YES_NO_CHOICES, required=False)
