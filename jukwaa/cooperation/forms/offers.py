"""Saying what an organisation offers or needs."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions import directory
from jukwaa.coalitions.forms.fields import (
    AreasField,
    DayField,
    LanguagesField,
    PositionField,
    RoleField,
    build_former_country_choices,
    set_area_choices,
    set_name_candidates,
)
from jukwaa.coalitions.models import Affiliation, Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.coalitions.standing import Standing
from jukwaa.cooperation.actions.offers import HelpOwner
from jukwaa.cooperation.models import Need, Offer
from jukwaa.cooperation.schema import HelpType, load_help_types
from jukwaa.core.forms import Form
from jukwaa.core.safeguards import SafeguardHit
from jukwaa.core.safeguards.forms import CHECK_BEFORE_SAVING_MESSAGE, ScreenedForm
from jukwaa.library.forms.item_details import build_form_field, to_json_value
from jukwaa.library.forms.readers import ReadersForm
from jukwaa.places.countries import get_country_choices
from jukwaa.places.languages import get_language_choices
from jukwaa.records.forms.labels import validate_label_choice
from jukwaa.records.models import Record

TITLE_LABEL_BY_SIDE = {
    "offer": (_("What do you offer?"), _("For example, training for teachers on how to talk about online grooming.")),
    "need": (_("What do you need?"), _("For example, a review of our draft plan before June.")),
}
COMMON_HELP_FIELDS = (
    "title",
    "summary",
    "for_whom",
    "languages",
    "amount",
    "starts_on",
    "until",
    "contact_role",
    "countries",
    "language",
)
OTHER_ORGANISATION_VALUE = ""


class HelpForm(ReadersForm, ScreenedForm):
    """What an offer and a need have in common. `sort` says which further fields there are."""

    collects_personal_data = True

    screening_message: ClassVar[str | Promise] = CHECK_BEFORE_SAVING_MESSAGE

    title = forms.CharField(
        max_length=250, error_messages={"required": _("Enter a short title so that others can find it.")}
    )
    summary = forms.CharField(
        label=_("Description"), required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )
    for_whom = forms.CharField(label=_("Target group"), required=False, max_length=300)
    amount = forms.CharField(label=_("Amount"), required=False, max_length=200)
    areas = AreasField()
    countries = forms.MultipleChoiceField(
        label=_("Countries"),
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_("If any country is possible, leave this empty. To choose more than one, hold Ctrl (Cmd on a Mac)."),
        error_messages={"invalid_choice": _("Choose countries from the list. “%(value)s” is not in the list.")},
    )
    languages = LanguagesField(label=_("Languages"))
    starts_on = DayField(label=_("Start date"))
    until = DayField(
        label=_("End date"),
        help_text=_(
            "If you leave this empty, we will ask you in 6 months whether the information is still up to date."
        ),
    )
    contact_role = RoleField(
        help_text=_(
            "For example, training desk. All readers of this page will see the role, so do not enter a name or an "
            "address."
        ),
    )
    contact = forms.ChoiceField(
        label=_("Contact person"),
        required=False,
        help_text=_("No one can see this person's name until both sides have agreed to be introduced."),
    )
    reach = PositionField(
        label=_("Other contact details"),
        max_length=300,
        help_text=_(
            "For example, a telephone number in addition to the email address. We will share the name and these "
            "details only after both sides agree."
        ),
    )
    language = forms.ChoiceField(label=_("Language of this text"))

    def __init__(self, *args: Any, standing: Standing, side_name: str, sort: HelpType, **kwargs: Any) -> None:
        self.standing, self.about = standing, sort
        super().__init__(*args, **kwargs)
        set_name_candidates(self, lambda: directory.get_visible_people(standing))
        self.asked = {f"detail_{field.name}": field for field in sort.fields}
        self.fields |= {name: build_form_field(field) for name, field in self.asked.items()}
        self.fields["title"].label, self.fields["title"].help_text = TITLE_LABEL_BY_SIDE[side_name]
        language = get_language() or "en"
        self.set_choices(
            "countries",
            [*build_former_country_choices(self.initial.get("countries") or []), *get_country_choices(language)],
        )
        self.set_choices("language", get_language_choices(language))
        set_area_choices(self, standing.coalition)

    @property
    def SCREENED_FIELDS(self) -> tuple[str, ...]:  # type: ignore[override]  # noqa: N802 - depends on the sort
        written = [name for name, field in self.asked.items() if field.type in {"text", "line"}]
        return ("title", "summary", "for_whom", "amount", "whose", "contact_role", "reach", *written)

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        """A telephone number is what `reach` asks for; the name of somebody else is not."""
        reach = self.fields.get("reach")
        return (
            reach.find_hits(text)
            if name == "reach" and isinstance(reach, PositionField)
            else super().find_field_hits(name, text)
        )

    def _set_contact_choices(self, organisation_ids: list[int]) -> None:
        """Those who may speak for it. To whoever does not, the two fields are not there."""
        if not organisation_ids:
            for name in ("contact", "reach"):
                del self.fields[name]
            return
        people = get_organisation_representatives(organisation_ids)
        self.set_choices(
            "contact",
            [("", _("the person who agrees to the introduction")), *[(str(one.pk), one.name) for one in people]],
        )

    @property
    def parts(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """What is asked at once, then what can be left: heading, fields, whether one of them is wrong."""
        groups: list[tuple[Any, list[str]]] = [
            ("", ["owner", "whose", "sort", "title", "summary", *self.asked]),
            (_("Target group, countries, amount and dates"), ["for_whom", "amount", "areas", "countries", "languages"]),
            (_("Contact"), ["contact_role", "contact", "reach"]),
            (_("Who can read this?"), ["language", "label", "organisations", "persons"]),
        ]
        groups[1][1].extend(["starts_on", "until"])
        return self.get_grouped_fields(groups)

    def get_detail_answers(self) -> dict[str, Any]:
        return {field.name: to_json_value(self.cleaned_data[name]) for name, field in self.asked.items()}

    def get_chosen_contact(self) -> Person | None:
        number = self.cleaned_data.get("contact")
        return Person.objects.get(pk=int(number)) if number else None


class NewHelpForm(HelpForm):
    """`origin` is the record that says so, such as an entry of minutes: its readers are the most that this can have."""

    owner = forms.ChoiceField(label=_("Organisation"), required=False)
    whose = forms.CharField(
        label=_("Organisation, as named in the directory or the source"),
        required=False,
        max_length=250,
        help_text=_("Only if the source is about another organisation."),
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(
        self,
        *args: Any,
        standing: Standing,
        side_name: str,
        sort: HelpType,
        origin_record: Record | None = None,
        **kwargs: Any,
    ) -> None:
        self.origin = origin_record
        begins = {"token": uuid.uuid4(), "language": standing.coalition.language}
        kwargs["initial"] = {**begins, **(kwargs.get("initial") or {})}
        super().__init__(*args, standing=standing, side_name=side_name, sort=sort, **kwargs)
        self.owners = {str(one.pk): one for one in standing.organisations if one.pk in standing.speaks_for}
        writes_down = origin_record is not None and standing.is_rapporteur
        choices = [(key, one.name) for key, one in self.owners.items()]
        if writes_down:
            choices.insert(0, (OTHER_ORGANISATION_VALUE, gettext("another organisation, as named in the source")))
        else:
            del self.fields["whose"]
        if len(choices) > 1:
            self.set_choices("owner", choices)
        else:
            del self.fields["owner"]
        self._set_contact_choices([one.pk for one in self.owners.values()])

    def restore_typed_data(self, typed_data: QueryDict) -> list[tuple[str, str]]:
        """As somebody left the form of another sort. What this one does not ask is given back, to be kept beside it."""
        for name, field in self.fields.items():
            if name in typed_data:
                self.initial[name] = field.widget.value_from_datadict(typed_data, typed_data, name)
        answers = [name for name in typed_data if name.startswith("detail_") and name not in self.fields]
        return [(name, value) for name in answers for value in typed_data.getlist(name)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        validate_label_choice(self, self.origin)
        if "whose" in self.fields and self._get_own_organisation() is None and not cleaned.get("whose"):
            self.add_error("whose", gettext("Enter the organisation."))
        return cleaned

    def _get_own_organisation(self) -> Organisation | None:
        if "owner" in self.fields:
            return self.owners.get(self.cleaned_data.get("owner") or OTHER_ORGANISATION_VALUE)
        return None if "whose" in self.fields else next(iter(self.owners.values()), None)

    def get_owner(self) -> HelpOwner:
        if (own := self._get_own_organisation()) is not None:
            return HelpOwner(organisation=own, origin=self.origin)
        written = " ".join(str(self.cleaned_data.get("whose") or "").split())
        if (known := find_organisation_of_viewer(self.standing, written)) is not None:
            return HelpOwner(organisation=known, origin=self.origin)
        return HelpOwner(as_written=written, origin=self.origin)

    def get_action_arguments(self) -> dict[str, Any]:
        """What `offer_help` takes, but for the actor."""
        whose = self.get_owner()
        said = {name: self.cleaned_data[name] for name in COMMON_HELP_FIELDS} | {
            "sort": self.about.name,
            "details": self.get_detail_answers(),
        }
        if whose.organisation is not None and str(whose.organisation.pk) in self.owners:
            said |= {"contact": self.get_chosen_contact(), "reach": self.cleaned_data.get("reach", "")}
        return {
            "whose": whose,
            "said": said,
            "areas": list(self.cleaned_data["areas"]),
            "readers": self.readers(),
            "token": self.cleaned_data["token"],
        }


class ChangeHelpForm(HelpForm):
    """`version` is the one it was loaded with. Who may read it is for its authors and whose it is to say.

    `whose` is there as long as nobody of the directory answers for it, for those who write down what sources say.
    """

    whose = forms.CharField(
        label=_("Organisation"),
        required=False,
        max_length=250,
        help_text=_(
            "The organisation named in the source was not in the directory. Once it has been added, enter"
            " its name here."
        ),
    )
    sort = forms.ChoiceField(label=_("Type of help"))
    review_by = DayField(label=_("Date of the next check"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, standing: Standing, help_record: Offer | Need, sets_readers: bool, **kwargs: Any
    ) -> None:
        self.sets_readers = sets_readers
        super().__init__(
            *args,
            standing=standing,
            side_name=help_record.SIDE,
            sort=help_record.about,
            initial=self.get_initial(help_record, answers=help_record.organisation_id in standing.speaks_for),
            **kwargs,
        )
        self.set_choices("sort", [(each.name, each.label) for each in load_help_types()])
        answers = help_record.organisation_id is not None and help_record.organisation_id in standing.speaks_for
        self._set_contact_choices([help_record.organisation_id] if answers and help_record.organisation_id else [])
        if help_record.organisation_id is not None or not standing.is_rapporteur:
            del self.fields["whose"]
        if not sets_readers:
            for name in ("label", "organisations", "persons"):
                del self.fields[name]

    @staticmethod
    def get_initial(given: Offer | Need, *, answers: bool = False) -> dict[str, Any]:
        named = list(given.audience.select_related("organisation", "person"))
        return {
            **{
                name: getattr(given, name)
                for name in (*COMMON_HELP_FIELDS, "sort", "review_by", "label", "version", "whose")
            },
            **{f"detail_{field.name}": given.details.get(field.name) for field in given.about.fields},
            **({"contact": str(given.contact_id or ""), "reach": given.reach} if answers else {}),
            "areas": list(given.areas.all()),
            "organisations": "\n".join(row.organisation.name for row in named if row.organisation),
            "persons": "\n".join(row.person.email or row.person.name for row in named if row.person),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        written = " ".join(str(cleaned.get("whose") or "").split())
        self.owner = find_organisation_of_viewer(self.standing, written) if written else None
        if written and self.owner is None and written != self.initial["whose"]:
            self.add_error(
                "whose",
                gettext(
                    "Check the name, or keep the name from the source. The directory has no organisation with this"
                    " name, or has more than one."
                ),
            )
        return cleaned

    def get_changed_fields(self) -> dict[str, Any]:
        kept = (*COMMON_HELP_FIELDS, "sort", "review_by")
        return {name: self.cleaned_data[name] for name in kept} | {"details": self.get_detail_answers()}

    def get_contact_change(self) -> tuple[Person | None, str] | None:
        return (self.get_chosen_contact(), self.cleaned_data["reach"]) if "contact" in self.fields else None


def find_organisation_of_viewer(viewer_standing: Standing, written_name: str) -> Organisation | None:
    """The one organisation of the directory that surely is meant."""
    number = OrganisationDirectory.of(viewer_standing.coalition).find_exact_match(written_name)
    return Organisation.objects.get(pk=number) if number else None


class CloseHelpForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("reason",)

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For example, the offer was taken up, the programme has ended, or no one has time."),
        error_messages={"required": _("Give a short reason.")},
    )


class CloseNeedForm(CloseHelpForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("For example, someone is helping, or the help is no longer needed.")


class ReportOutdatedForm(CloseHelpForm):
    """Of the page behind a mail, where nobody must say why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.required, reason.label, reason.help_text = False, _("Reason for closing"), ""


class HelpFilterForm(Form):
    """What a list is narrowed to; empty means all."""

    sort = forms.ChoiceField(label=_("Type of help"), required=False)
    area = forms.ChoiceField(label=_("Area of work"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    show = forms.ChoiceField(label=_("Status"), required=False)
    organisation = forms.IntegerField(required=False, min_value=1, max_value=2**31, widget=forms.HiddenInput())

    def __init__(self, *args: Any, viewer_standing: Standing, side_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "en"
        areas = viewer_standing.coalition.areas.all()
        untaken = _("not taken up") if side_name == "offer" else _("not answered")
        closed = pgettext_lazy("offers and needs", "closed")
        offered: dict[str, Any] = {
            "sort": [("", _("All types")), *[(each.name, each.label) for each in load_help_types()]],
            "area": [("", _("All areas of work")), *((str(area.pk), area.label) for area in areas)],
            "country": [("", _("All countries")), *get_country_choices(language)],
            "language": [("", _("All languages")), *get_language_choices(language)],
            "show": [("", _("all open")), ("untaken", untaken), ("closed", closed)],
        }
        for name, choices in offered.items():
            self.set_choices(name, choices)

    def get_filter_values(self) -> dict[str, str]:
        """What of it can be understood."""
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


def get_organisation_representatives(organisation_ids: list[int]) -> list[Person]:
    rows = Affiliation.objects.confirmed().filter(organisation__in=organisation_ids, may_speak=True)
    return list({row.person_id: row.person for row in rows.select_related("person").order_by("person__name")}.values())
