"""Announcing an event, and telling more of it."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import AreasField, CountryField, set_area_choices
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.events.forms.dates import OccurrenceForm
from jukwaa.events.models import Event, EventReach
from jukwaa.events.recurrence import Repetition, build_recurrence_rule, find_next_date, get_recurrence_choice
from jukwaa.places.languages import get_language_choices
from jukwaa.records.forms.labels import validate_label_choice
from jukwaa.records.models import Label, Record
from jukwaa.records.models.record import READERS_BY_LABEL

OFFERED_EVENT_LABELS = (Label.CLEAR, Label.GREEN)
INVALID_URL_ERROR = _("Enter the full address, for example https://example.org/page.")


class EventDetailsForm(ScreenedForm):
    """What is said of an event, whether it is announced or changed."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title", "summary", "organiser_name")
    TOLD: ClassVar[tuple[str, ...]] = (
        *("title", "summary", "language", "label", "organiser_name", "reach", "is_around", "website"),
    )

    title = forms.CharField(
        label=_("Name of the event"),
        max_length=250,
        error_messages={"required": _("Enter the name by which people know the event.")},
    )
    summary = forms.CharField(
        label=_("Description"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    organiser_name = forms.CharField(
        label=_("Other organiser"),
        required=False,
        max_length=200,
        help_text=_("As named on the event's web page."),
    )
    reach = forms.ChoiceField(
        label=_("Where does the event take place?"), choices=EventReach.choices, widget=forms.RadioSelect()
    )
    website = forms.URLField(
        label=_("Web page"), required=False, max_length=200, error_messages={"invalid": INVALID_URL_ERROR}
    )
    again = forms.ChoiceField(label=_("Frequency"), choices=())
    language = forms.ChoiceField(label=_("Language of this text"), choices=())
    areas = AreasField()
    label = forms.ChoiceField(
        label=_("Who can read this?"),
        choices=[(label.value, READERS_BY_LABEL[label]) for label in OFFERED_EVENT_LABELS],
        initial=Label.CLEAR,
        widget=forms.RadioSelect(),
    )
    is_around = forms.BooleanField(
        label=_("This event is organised by others. It is listed only to avoid date clashes."), required=False
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        self.standing = standing
        super().__init__(*args, **kwargs)
        self.set_choices("language", get_language_choices(get_language() or "en"))
        set_area_choices(self, standing.coalition)

    def get_action_arguments(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.TOLD if name in self.cleaned_data}


class AnnounceEventForm(EventDetailsForm, OccurrenceForm):
    """`token` makes a second press of the button harmless."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = (*EventDetailsForm.SCREENED_FIELDS, *OccurrenceForm.SCREENED_FIELDS)

    organiser = forms.ChoiceField(label=_("Organiser"), choices=(), required=False)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, standing: Standing, origin_record: Record | None = None, **kwargs: Any) -> None:
        """`origin_record` is the record that it begins as, such as an entry of minutes."""
        self.began = origin_record
        begins = {
            "token": uuid.uuid4(),
            "language": standing.coalition.language,
            "again": Repetition.ONCE,
            "reach": EventReach.PLACE,
        }
        kwargs["initial"] = {**begins, **(kwargs.get("initial") or {})}
        super().__init__(*args, standing=standing, **kwargs)
        self.fields["starts_on"].required = False
        self.fields["starts_on"].help_text = _(
            "For Safer Internet Day, leave this empty. The next date is filled in automatically."
        )
        self.set_choices("again", [choice for choice in Repetition.choices if choice[0] != Repetition.KEPT])
        own = [one for one in standing.organisations if one.pk in standing.speaks_for]
        self.organisers = {str(one.pk): one for one in own}
        choices = [*((key, one.name) for key, one in self.organisers.items()), ("", _("another organiser"))]
        self.set_choices("organiser", choices)
        self.initial.setdefault("organiser", choices[0][0])
        if not own:
            del self.fields["organiser"]
            self.fields["organiser_name"].label = _("Organiser")

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """What, when and where at once; the rest can be left."""
        return self.get_grouped_fields(
            [
                ("", ["title", "summary", "again", "starts_on", "ends_on", "reach", "place", "country"]),
                (_("Time and note"), ["from_hour", "until_hour", "time_zone", "note"]),
                (_("Organiser and web page"), ["organiser", "organiser_name", "website", "is_around"]),
                (_("Areas of work, language and readers"), ["areas", "language", "label"]),
            ]
        )

    def clean(self) -> dict[str, Any]:
        again, day = self.cleaned_data.get("again"), self.cleaned_data.get("starts_on")
        if again == Repetition.SAFER_INTERNET_DAY and not self.errors.get("starts_on"):
            self.cleaned_data["starts_on"] = day or find_next_date(
                build_recurrence_rule(again, timezone.localdate()), timezone.localdate()
            )
        elif day is None and not self.errors.get("starts_on"):
            self.add_error("starts_on", gettext("Choose the date of the event."))
        validate_label_choice(self, self.began)
        return super().clean()

    def get_organiser(self) -> Organisation | None:
        return self.organisers.get(self.cleaned_data.get("organiser") or "")

    def get_action_arguments(self) -> dict[str, Any]:
        """What `announce_event` takes."""
        said = super().get_action_arguments()
        if self.get_organiser() is not None:
            said["organiser_name"] = ""
        country = self.cleaned_data["country"]
        return said | {
            "rule": build_recurrence_rule(self.cleaned_data["again"], self.cleaned_data["starts_on"]),
            "countries": [country] if country else [],
        }


class EventForm(EventDetailsForm):
    """Of an event that is there already. `version` is the one it was loaded with."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    field_order = (
        *("title", "summary", "again", "reach", "organiser_name", "website", "areas", "language", "label"),
        "is_around",
    )

    def __init__(self, *args: Any, event: Event, **kwargs: Any) -> None:
        self.event = event
        first = event.occurrences.order_by("-ruled_on", "starts_on").exclude(ruled_on=None).first()
        self.day = first.ruled_on if first and first.ruled_on else self._get_first_day()
        super().__init__(
            *args, initial=self.get_initial(event) | {"again": get_recurrence_choice(event.rule, self.day)}, **kwargs
        )
        keeps = get_recurrence_choice(event.rule, self.day) == Repetition.KEPT
        self.set_choices("again", [choice for choice in Repetition.choices if keeps or choice[0] != Repetition.KEPT])
        if event.organiser_id is not None:
            del self.fields["organiser_name"]
        if event.label not in OFFERED_EVENT_LABELS:
            del self.fields["label"]

    def _get_first_day(self) -> Any:
        latest = self.event.occurrences.first()
        return latest.starts_on if latest else self.event.created_at.date()

    @staticmethod
    def get_initial(event: Event) -> dict[str, Any]:
        return {
            **{name: getattr(event, name) for name in (*EventDetailsForm.TOLD, "version")},
            "areas": list(event.areas.all()),
        }

    def get_changed_fields(self) -> dict[str, Any]:
        again = self.cleaned_data["again"]
        return self.get_action_arguments() | {
            "rule": self.event.rule if again == Repetition.KEPT else build_recurrence_rule(again, self.day)
        }


class HostForm(ScreenedForm):
    """Who holds it in a country."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("name",)

    country = CountryField(
        required=True,
        label=_("Country"),
        error_messages={
            "required": _("Choose the country of the host."),
            "invalid_choice": _("Choose a country from the list. It contains only countries that exist today."),
        },
    )
    name = forms.CharField(
        label=_("Name of the host"), max_length=200, error_messages={"required": _("Enter the name of the host.")}
    )
    website = forms.URLField(
        label=_("Web page of the host"), required=False, max_length=200, error_messages={"invalid": INVALID_URL_ERROR}
    )

    def get_host_fields(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("country", "name", "website")}
