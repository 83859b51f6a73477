"""Calling others to take part, pledging, and telling afterwards what came of it."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import directory
from jukwaa.coalitions.forms.fields import CountryField, DayField, RoleField, set_name_candidates
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.core.row_numbers import find_row_number_in_address
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.events.actions import CallDetails, PledgeDetails
from jukwaa.events.actions.pledges import MAX_PLEDGE_TEXT_LENGTH
from jukwaa.events.forms.dates import INVALID_DATE_ERROR
from jukwaa.events.models import Event, Feedback, Occurrence, Pledge
from jukwaa.places.languages import get_language_choices
from jukwaa.records.models import Record, State

MAX_PEOPLE_REACHED = 2_000_000_000
COUNTRY_ERRORS = {"invalid_choice": _("Choose a country from the list. It contains only countries that exist today.")}
INVALID_NUMBER_ERROR = _("Enter a number, such as 250. An estimate is fine. Leave this empty if you do not know.")


class ParticipationCallForm(ScreenedForm):
    """`version` is that of the date which the writer had before them."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("asks", "of_whom")

    asks = forms.CharField(
        label=_("What are you asking organisations to do?"),
        max_length=MAX_PLEDGE_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Enter what you are asking organisations to do.")},
    )
    of_whom = forms.CharField(
        label=_("Who should take part?"),
        required=False,
        max_length=300,
        help_text=_("For example: schools, helplines, ministries or everyone."),
    )
    until = DayField(
        label=_("Deadline"),
        help_text=_("The last day for pledges. If you leave this empty, organisations can pledge until the event."),
        error_messages={"invalid": INVALID_DATE_ERROR},
    )
    materials = forms.CharField(
        label=_("Materials from the library"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Enter one library item on each line: its page address or its number. Text after a number is not saved."
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, event: Event, viewer: Person, occurrence: Occurrence, **kwargs: Any) -> None:
        self.event, self.viewer = event, viewer
        super().__init__(*args, initial=self.get_initial(occurrence, viewer), **kwargs)

    @staticmethod
    def get_initial(occurrence: Occurrence, viewer: Person) -> dict[str, Any]:
        """Each of the materials by its number, with its title for whoever may read it."""
        numbers = list(occurrence.materials.order_by("pk").values_list("pk", flat=True))
        titles = dict(Record.objects.visible_to(viewer).filter(pk__in=numbers).values_list("pk", "title"))
        return {
            **{name: getattr(occurrence, name) for name in ("asks", "of_whom", "until", "version")},
            "materials": "\n".join(f"{pk} {titles.get(pk, '')}".strip() for pk in numbers),
        }

    def clean_materials(self) -> str:
        """What is not there for the writer is not there for anybody whom they ask."""
        lines = [line.strip() for line in str(self.cleaned_data["materials"]).splitlines() if line.strip()]
        numbers = {line: find_row_number_in_address(line.partition(" ")[0]) for line in lines}
        readable = Record.objects.visible_to(self.viewer).of(self.event.coalition).filter(state=State.PUBLISHED)
        self.found = list(readable.filter(pk__in=[pk for pk in numbers.values() if pk]))
        known = {record.pk for record in self.found}
        unknown = [line for line, pk in numbers.items() if pk not in known]
        if unknown:
            raise ValidationError(
                gettext("Check these lines. They do not match any records on this site: %(lines)s.")
                % {"lines": join_with_separator(unknown, ";")}
            )
        return "\n".join(lines)

    def build_call_details(self) -> CallDetails:
        return CallDetails(*(self.cleaned_data[name] for name in ("asks", "of_whom", "until")))


class PledgeForm(ScreenedForm):
    """In a minute: one sentence is enough. `token` makes a second press of the button harmless."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("activity", "audience", "partners", "contact_role")
    PROMISED: ClassVar[tuple[str, ...]] = (
        *("activity", "audience", "country", "language", "partners", "contact_role"),
    )

    organisation = forms.ChoiceField(label=_("Which organisation do you represent?"), choices=())
    activity = forms.CharField(
        label=_("What will your organisation do?"),
        max_length=MAX_PLEDGE_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Describe in a sentence what your organisation will do.")},
    )
    audience = forms.CharField(
        label=_("Target group"),
        required=False,
        max_length=200,
        help_text=_("For example: teachers, parents or children aged 9 to 12."),
    )
    country = CountryField(error_messages=COUNTRY_ERRORS)
    language = forms.ChoiceField(label=_("Language"), choices=(), required=False)
    partners = forms.CharField(label=_("Partners"), required=False, max_length=300)
    contact_role = RoleField(
        help_text=_(
            "For example: press office. Do not enter a name or an address, because all readers of this page can see"
            " your answer."
        ),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        speaks = [one for one in standing.organisations if one.pk in standing.speaks_for]
        self.offered = {str(one.pk): one for one in speaks}
        begins = {"token": uuid.uuid4(), "country": speaks[0].country if speaks else ""}
        kwargs["initial"] = {**begins, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        set_name_candidates(self, lambda: directory.get_visible_people(standing))
        self.set_choices("organisation", [(key, one.name) for key, one in self.offered.items()])
        self.set_choices("language", [("", gettext("not stated")), *get_language_choices(get_language() or "en")])
        if len(speaks) == 1:
            del self.fields["organisation"]

    def get_organisation(self) -> Organisation:
        chosen = self.cleaned_data.get("organisation")
        return self.offered[chosen] if chosen else next(iter(self.offered.values()))

    def build_pledge_details(self) -> PledgeDetails:
        return PledgeDetails(**{name: self.cleaned_data[name] for name in self.PROMISED})


class PledgeEditForm(PledgeForm):
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, standing: Standing, pledge: Pledge, **kwargs: Any) -> None:
        super().__init__(*args, standing=standing, initial=self.get_initial(pledge), **kwargs)
        self.fields.pop("organisation", None)
        del self.fields["token"]
        country = self.fields["country"]
        assert isinstance(country, CountryField)  # noqa: S101 - for the type alone
        country.keep(pledge.country)

    @staticmethod
    def get_initial(pledge: Pledge) -> dict[str, Any]:
        return {name: getattr(pledge, name) for name in (*PledgeForm.PROMISED, "version")}


def build_answer_field(field_name: str) -> forms.TypedChoiceField:
    """Return the field of one of the three feedback questions, which are all optional."""
    asked = Feedback._meta.get_field(field_name).verbose_name  # type: ignore[union-attr]  # noqa: SLF001 - public by Django's word
    return forms.TypedChoiceField(
        label=asked,
        choices=Feedback.Answer.choices[::-1],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect(),
    )


class FeedbackForm(ScreenedForm):
    """`version` is 0 as long as nothing was told."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("done", "what_worked", "words")
    TOLD: ClassVar[tuple[str, ...]] = (
        *("done", "reached", "what_worked", "was_worth_it", "had_what_was_needed", "would_again"),
        *("words", "may_be_quoted"),
    )

    done = forms.CharField(
        label=_("What did your organisation do?"),
        max_length=MAX_PLEDGE_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": _("Describe in a sentence or two what was done.")},
    )
    reached = forms.IntegerField(
        label=_("Number of people reached"),
        required=False,
        min_value=0,
        max_value=MAX_PEOPLE_REACHED,
        help_text=_("An estimate is fine."),
        error_messages={
            "invalid": INVALID_NUMBER_ERROR,
            "min_value": INVALID_NUMBER_ERROR,
            "max_value": INVALID_NUMBER_ERROR,
        },
    )
    what_worked = forms.CharField(
        label=_("What worked well?"),
        required=False,
        max_length=MAX_PLEDGE_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 3}),
    )
    was_worth_it = build_answer_field("was_worth_it")
    had_what_was_needed = build_answer_field("had_what_was_needed")
    would_again = build_answer_field("would_again")
    words = forms.CharField(
        label=_("How was the event for you?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )
    may_be_quoted = forms.BooleanField(
        label=_("You may quote my answer in next year's call for pledges"), required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, feedback: Feedback | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = self.get_initial(feedback) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    @classmethod
    def get_initial(cls, feedback: Feedback | None) -> dict[str, Any]:
        if feedback is None:
            return {"version": 0}
        return {name: getattr(feedback, name) for name in (*cls.TOLD, "version")}

    def get_action_arguments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.TOLD}


class ParticipationReportForm(PledgeForm, FeedbackForm):
    """Both at once, for those who took part without a word before."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("audience", "partners", "contact_role", *FeedbackForm.SCREENED_FIELDS)

    field_order = ("organisation", "done", *PledgeForm.PROMISED, *FeedbackForm.TOLD)

    def __init__(self, *args: Any, viewer_standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, standing=viewer_standing, **kwargs)
        del self.fields["activity"]

    def build_pledge_details(self) -> PledgeDetails:
        """What was done stands for what was pledged."""
        said = {name: self.cleaned_data[name] for name in self.PROMISED if name != "activity"}
        return PledgeDetails(activity=self.cleaned_data["done"], **said)
