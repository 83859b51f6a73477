"""Who received a brief, what they asked, and what came of it."""

import re
import uuid
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import build_capacity_choices
from jukwaa.coalitions.forms.fields import CountryField, DayField
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.organisation_matching import OrganisationDirectory
from jukwaa.coalitions.standing import Standing
from jukwaa.core.row_numbers import find_row_number_in_address
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.drafting.models import Edition
from jukwaa.library.forms.uses import INVALID_YEAR_MESSAGE
from jukwaa.library.forms.web_links import INVALID_URL_MESSAGE, WebLinkForm
from jukwaa.library.models.uses import FIRST_YEAR
from jukwaa.records.models import Record, State
from jukwaa.regions.actions import BriefUseEvidence, DeliveryFacts
from jukwaa.regions.addressees import get_addressee_choices
from jukwaa.regions.forms.briefs import get_chosen_organisation, set_capacity_choices
from jukwaa.regions.models import Delivery

MAX_TEXT_LENGTH = 4000
CONTACT_DETAIL_PATTERN = re.compile(r"@|\d[\d ()/.-]{6,}\d")  # an address, or a telephone number


def build_text_field(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=MAX_TEXT_LENGTH, widget=forms.Textarea({"rows": 4}), **kwargs)


class PastDayField(DayField):
    """Today, or before."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day and day > timezone.localdate():
            raise ValidationError(gettext("This date is in the future. Choose today or an earlier date."))
        return day


class DeliveryForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("body",)

    to = forms.ChoiceField(
        label=_("Type of policy maker"),
        choices=get_addressee_choices,
        error_messages={"required": _("Choose the closest type.")},
    )
    body = forms.CharField(
        label=_("Name of the body"),
        max_length=200,
        help_text=_(
            "An organisation as named in the directory, or a description such as “the parliamentary committee on "
            "digital affairs”. Do not enter a person's name, an email address or a postal address."
        ),
        error_messages={"required": _("Enter the body that received the brief.")},
    )
    edition = forms.ChoiceField(label=pgettext_lazy("published version", "Version"))
    length = forms.ChoiceField(label=_("Length"), choices=Delivery.Length.choices)
    how = forms.ChoiceField(label=_("How the brief was delivered"), choices=Delivery.How.choices)
    on = PastDayField(label=_("Date"), required=True, error_messages={"required": _("Enter the date.")})
    capacity = forms.ChoiceField(label=_("Who do you represent?"), required=False)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, viewer_standing: Standing, editions: list[Edition], **kwargs: Any) -> None:
        self.standing, self.offered = viewer_standing, build_capacity_choices(viewer_standing)
        self.editions = {edition.number: edition for edition in editions}
        super().__init__(*args, **kwargs | {"initial": {"token": uuid.uuid4(), "on": timezone.localdate()}})
        field = self.fields["edition"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
        field.choices = [(number, number) for number in self.editions]
        set_capacity_choices(self, self.offered)

    def clean_body(self) -> str:
        body = " ".join(str(self.cleaned_data["body"]).split())
        if CONTACT_DETAIL_PATTERN.search(body):
            raise ValidationError(gettext("Enter only the name of the body, without an address or a telephone number."))
        return body

    def find_receiving_organisation(self) -> Organisation | None:
        """The one of the directory that is called so, if there is exactly one."""
        found = OrganisationDirectory.of(self.standing.coalition).find(self.cleaned_data["body"])
        exact = {match.organisation_id for match in found if match.is_exact}
        return Organisation.objects.filter(pk=exact.pop()).first() if len(exact) == 1 else None

    def get_action_arguments(self) -> dict[str, Any]:
        """What `deliver_brief` takes."""
        said, known = self.cleaned_data, self.find_receiving_organisation()
        delivered = DeliveryFacts(
            **{name: said[name] for name in ("to", "length", "how", "on")},
            organisation=known,
            body="" if known else said["body"],
        )
        edition = self.editions[said["edition"]]
        mine = get_chosen_organisation(self, self.offered)
        return {"edition": edition, "delivered": delivered, "organisation": mine, "token": said["token"]}


class BriefQuestionForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("words",)

    words = build_text_field(_("Follow-up question"), error_messages={"required": _("Enter the question.")})
    asked_on = PastDayField(label=_("Date"), required=True, error_messages={"required": _("Enter the date.")})
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"token": uuid.uuid4(), "asked_on": timezone.localdate()}})


class BriefAnswerForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("answer",)

    answer = build_text_field(_("Answer given"), error_messages={"required": _("Enter the answer that was given.")})
    capacity = forms.ChoiceField(label=_("Who do you represent?"), required=False)

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        self.offered = build_capacity_choices(standing)
        super().__init__(*args, **kwargs)
        set_capacity_choices(self, self.offered)

    def get_organisation(self) -> Organisation | None:
        return get_chosen_organisation(self, self.offered)


class BriefUseForm(ScreenedForm):
    """As the library asks how something was used, with what shows it: that is needed here."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("how", "result")
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("url", "record")

    how = build_text_field(
        _("Where was the brief used?"),
        error_messages={"required": _("Describe in 1 sentence where the brief was used.")},
    )
    result = build_text_field(
        _("What was the outcome?"), required=False, help_text=_("What did not work is just as useful to others.")
    )
    url = forms.CharField(
        label=_("Evidence on the web"),
        required=False,
        max_length=1000,
        widget=forms.TextInput({"dir": "ltr"}),
    )
    record = forms.CharField(
        label=_("Evidence on this site"),
        required=False,
        max_length=300,
        help_text=_("The web address of a page on this site, or the number of a library item, document or decision."),
    )
    country = CountryField(label=_("Country"))
    year = forms.IntegerField(
        label=_("Year"), error_messages={"required": INVALID_YEAR_MESSAGE, "invalid": INVALID_YEAR_MESSAGE}
    )
    delivery = forms.ChoiceField(label=_("Related delivery"), required=False)
    capacity = forms.ChoiceField(label=_("Who do you represent?"), required=False)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, viewer_standing: Standing, brief_deliveries: list[Delivery], **kwargs: Any) -> None:
        self.standing, self.offered = viewer_standing, build_capacity_choices(viewer_standing)
        self.deliveries = {str(delivery.pk): delivery for delivery in brief_deliveries}
        super().__init__(*args, **kwargs | {"initial": {"token": uuid.uuid4(), "year": timezone.localdate().year}})
        field = self.fields["delivery"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
        field.choices = [("", gettext("not known")), *((pk, str(each)) for pk, each in self.deliveries.items())]
        set_capacity_choices(self, self.offered)

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if not FIRST_YEAR <= year <= timezone.localdate().year:
            raise ValidationError(INVALID_YEAR_MESSAGE)
        return year

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        if not url:
            return ""
        asked = WebLinkForm({"url": url})
        asked.is_valid()
        if "url" not in asked.cleaned_data:
            raise ValidationError([*asked.errors.get("url", [str(INVALID_URL_MESSAGE)])])
        return str(asked.cleaned_data["url"])

    def clean_record(self) -> Record | None:
        written = self.cleaned_data["record"].strip()
        if not written:
            return None
        readable = Record.objects.visible_to(self.standing.viewer).of(self.standing.coalition)
        found: Record | None = readable.filter(state=State.PUBLISHED, pk=find_row_number_in_address(written)).first()
        if found is None:
            raise ValidationError(gettext("Enter the address of a page in this coalition that you can read."))
        found.coalition = self.standing.coalition
        return found

    def get_action_arguments(self) -> dict[str, Any]:
        """What `say_used` takes, but for the edition."""
        said = self.cleaned_data
        shown = BriefUseEvidence(said["url"], said["record"], self.deliveries.get(said["delivery"]))
        fields = {name: said[name] for name in ("how", "result", "country", "year", "token")}
        return {**fields, "shown": shown, "organisation": get_chosen_organisation(self, self.offered)}
