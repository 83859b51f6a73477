"""Opening a consultation, and telling more of one."""

import uuid
from datetime import MAXYEAR, date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField, LanguagesField, find_organisations_by_name
from jukwaa.coalitions.models import Organisation
from jukwaa.core.dates import format_long_date
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.actions import ConsultationContent
from jukwaa.drafting.closing_times import (
    COALITION_END,
    UTC_END,
    get_end_of_day,
    get_end_of_day_zone,
    list_end_of_day_choices,
    split_closing_time,
)
from jukwaa.drafting.consultation_audience import ALLOWED_AUDIENCES_BY_LABEL, get_allowed_audiences
from jukwaa.drafting.consultation_hints import (
    MAX_COVER_BLOCKS,
    find_last_day_to_respond,
    find_parts_that_only_ask,
    list_consultation_questions,
)
from jukwaa.drafting.models import Consultation, Placement, Revision, Text
from jukwaa.drafting.unreadable_sources import get_visible_clauses
from jukwaa.records.models import Label

MAX_INTRODUCTION_LENGTH = 4_000
MAX_QUESTION_LENGTH = 500
DEFAULT_CONSULTATION_LENGTH = timedelta(days=30)
ConsultationAsks = Consultation.Asks


class ConsultationDetailsForm(ScreenedForm):
    """What can be said anew as long as it is open."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("introduction", "questions")

    until = DayField(
        label=_("Last day to respond"),
        required=True,
        help_text=_("Ministries usually need at least 3 weeks."),
        error_messages={
            "required": _("Choose the last day to respond."),
            "invalid": _("Enter the date as year, month and day, for example 2026-03-31."),
        },
    )
    day_end = forms.ChoiceField(
        label=_("Time zone of the deadline"),
        required=False,
        initial=UTC_END,
    )
    introduction = forms.CharField(
        label=_("Introduction, in one or two sentences"),
        required=False,
        max_length=MAX_INTRODUCTION_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What the text is for and what you would like to know."),
    )
    questions = forms.CharField(
        label=_("Questions"),
        required=False,
        max_length=MAX_INTRODUCTION_LENGTH * 2,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One question on each line. People can also comment on any clause."),
    )
    languages = LanguagesField(
        label=_("Languages in which you can read inputs"),
        help_text=_("To accept any language, leave this empty. To choose more than one, hold Ctrl (Cmd on a Mac)."),
    )

    def set_time_zone(self, time_zone: str) -> None:
        self.time_zone = time_zone
        self.set_choices("day_end", list_end_of_day_choices(time_zone))

    def clean_until(self) -> date:
        """The last year has no room for the end of its last day in every time zone."""
        last_day: date = self.cleaned_data["until"]
        if last_day.year == MAXYEAR:
            raise ValidationError(self.fields["until"].error_messages["invalid"])
        return last_day

    def clean_questions(self) -> list[str]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["questions"]).splitlines()]
        questions = [line for line in lines if line]
        if any(len(line) > MAX_QUESTION_LENGTH for line in questions):
            raise ValidationError(
                gettext("Shorten each question to 500 characters or fewer. You can put details in the introduction.")
            )
        return questions

    def get_action_arguments(self) -> dict[str, Any]:
        """What `change_consultation` takes."""
        said = {name: self.cleaned_data[name] for name in ("introduction", "questions", "languages")}
        zone = get_end_of_day_zone(self.cleaned_data["day_end"], self.time_zone)
        return said | {"closes_at": get_end_of_day(self.cleaned_data["until"], zone)}


class ConsultationEditForm(ConsultationDetailsForm):
    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        time_zone = consultation.text.coalition.time_zone
        last_day, day_end = split_closing_time(consultation.closes_at, time_zone)
        kwargs["initial"] = {
            "until": last_day,
            "day_end": day_end,
            "introduction": consultation.introduction,
            "questions": "\n".join(consultation.questions),
            "languages": consultation.languages,
        }
        super().__init__(*args, **kwargs)
        self.set_time_zone(time_zone)


class ConsultationForm(ConsultationDetailsForm):
    """`token` makes a second press of the button harmless; without a revision, the latest one is meant."""

    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("organisations", "revision")

    revision = forms.ModelChoiceField(
        label=_("Revision"), queryset=Revision.objects.none(), empty_label=None, required=False
    )
    asks = forms.ChoiceField(label=_("Who is invited to respond?"), widget=forms.RadioSelect())
    organisations = forms.CharField(
        label=_("Organisations"),
        required=False,
        max_length=MAX_INTRODUCTION_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Only needed if you invite selected organisations. Enter one name on each line, as in the directory."
        ),
    )
    begins = DayField(
        label=_("First day to respond"),
        help_text=_("Leave this empty to start today. On the first day we will email the people who are invited."),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        self.text = text
        offered = get_allowed_audiences(text)
        newest = list(text.revisions.all()[:2])
        details, takes_clauses_out = _read_consultation_details(text, newest[0] if newest else None)
        begins = {
            **details,
            "asks": offered[0] if offered else "",
            "day_end": UTC_END if text.coalition.time_zone == "UTC" else COALITION_END,
            "token": uuid.uuid4(),
        }
        kwargs["initial"] = {**begins, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.set_time_zone(text.coalition.time_zone)
        revision, asks = self.fields["revision"], self.fields["asks"]
        assert isinstance(revision, forms.ModelChoiceField)  # noqa: S101 - for the type alone
        revision.queryset = text.revisions.all()
        revision.label_from_instance = get_revision_label  # type: ignore[method-assign,assignment]  # as Django documents it
        revision.initial = newest[0] if newest else None
        self.set_choices("asks", [(each, ConsultationAsks(each).label) for each in offered])
        if len(offered) < len(ALLOWED_AUDIENCES_BY_LABEL[Label.CLEAR]):
            asks.help_text = format_lazy(
                _(
                    "The label of the text is {label}. You can only invite people who can read it. Observers can read "
                    "only texts labelled TLP:CLEAR."
                ),
                label=text.label,
            )
        if takes_clauses_out:
            self.fields["questions"].help_text = _(
                "One question on each line. They will no longer be clauses of the text."
            )
        if len(newest) <= 1:
            revision.widget = revision.hidden_widget()

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """What the text does not say of its consultation at once; the rest can be left."""
        asks_revision = not self["revision"].is_hidden
        return self.get_grouped_fields(
            [
                ("", [*(["revision"] if asks_revision else []), "until", "questions", "asks"]),
                (_("Selected organisations"), ["organisations"]),
                (_("Introduction, languages and first day"), ["introduction", "languages", "begins", "day_end"]),
            ]
        )

    def clean_revision(self) -> Revision | None:
        revision: Revision | None = self.cleaned_data["revision"]
        if revision is not None:
            revision.text = self.text
        return revision

    def clean_organisations(self) -> list[Organisation]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["organisations"]).splitlines()]
        return find_organisations_by_name([line for line in lines if line], self.text.coalition)

    def question(self) -> ConsultationContent:
        """What `open_consultation` takes."""
        begins = self.cleaned_data["begins"]
        later = begins is not None and begins > timezone.localdate()
        return ConsultationContent(
            **self.get_action_arguments(),
            asks=self.cleaned_data["asks"],
            organisations=self.cleaned_data["organisations"],
            opens_at=datetime.combine(begins, time(), tzinfo=timezone.get_default_timezone()) if later else None,
        )


def _read_consultation_details(text: Text, revision: Revision | None) -> tuple[dict[str, Any], bool]:
    """The last day and the questions that the text gives, or else the usual day, and whether clauses only ask these."""
    rows = get_visible_clauses(text, revision) if revision else list(Placement.objects.now(text))
    parts = [(row.kind, row.wording.body) for row in rows]
    bodies = [body for _kind, body in parts]
    today = timezone.localdate()
    last_day = find_last_day_to_respond([text.summary, *bodies[:MAX_COVER_BLOCKS]], today) or find_last_day_to_respond(
        bodies[MAX_COVER_BLOCKS:][-MAX_COVER_BLOCKS:], today, only_requests=True
    )
    questions = list_consultation_questions(parts)
    details = {
        "until": last_day or today + DEFAULT_CONSULTATION_LENGTH,
        "questions": "\n".join(questions),
    }
    return details, revision is None and bool(find_parts_that_only_ask(parts, questions))


def get_revision_label(revision: Revision) -> str:
    """Its name and its day, as a list offers it."""
    named = revision.name or gettext("Revision %(number)s") % {"number": revision.number}
    return f"{named}, {format_long_date(revision.at.date())}"
