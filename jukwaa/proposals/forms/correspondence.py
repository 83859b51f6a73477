"""Forms of correspondence: where a message belongs, its deadlines, drafts and reviews, the secretariat's addresses."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.display_names import get_display_name
from jukwaa.coalitions.forms.fields import DayField
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.proposals.correspondence_models import CorrespondenceDraft
from jukwaa.proposals.models import Proposal

MAX_TEXT_LENGTH, MAX_ADDRESSES = 20_000, 50


class MessageFilingForm(Form):
    proposal = forms.ModelChoiceField(
        Proposal.objects.none(),
        label=_("Proposal"),
        required=False,
        empty_label=_("No proposal: general correspondence of the coalition"),
        help_text=_("Replies to this message will be filed with the same proposal."),
    )

    def __init__(self, *args: Any, proposals: QuerySet[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proposal"].queryset = proposals  # type: ignore[attr-defined]  # a ModelChoiceField


class MessageApprovalForm(Form):
    asks_age: ClassVar[bool] = False

    lists_sender = forms.BooleanField(
        label=_("Add the sender to the email addresses of the secretariat"), required=False
    )


class MessageDeadlineForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("task",)

    day = DayField(label=_("Deadline"), required=True)
    task = forms.CharField(
        label=_("What is due"), max_length=200, required=False, help_text=_("For example: confirm the speakers.")
    )

    def get_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("day", "task")}


class MessageDraftForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("subject", "text")
    NAMES: ClassVar[tuple[str, ...]] = CorrespondenceDraft.FIELDS

    recipient = forms.ChoiceField(label=pgettext_lazy("recipient of a message", "To"))
    subject = forms.CharField(label=_("Subject"), max_length=200, error_messages={"required": _("Enter a subject.")})
    text = forms.CharField(
        label=_("Message"),
        max_length=MAX_TEXT_LENGTH,
        widget=forms.Textarea({"rows": 12}),
        error_messages={"required": _("Enter some text.")},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, email_addresses: Iterable[str], initial: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, initial={"token": uuid.uuid4()} | initial, **kwargs)
        self.set_choices("recipient", [(each, each) for each in dict.fromkeys(email_addresses)])

    def get_values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.NAMES}

    @classmethod
    def get_initial(cls, message_draft: CorrespondenceDraft) -> dict[str, Any]:
        return {name: getattr(message_draft, name) for name in (*cls.NAMES, "version")}


class DraftVersionForm(Form):
    """A button that acts on what its reader has seen."""

    asks_age: ClassVar[bool] = False

    version = forms.IntegerField(widget=forms.HiddenInput)


class DraftReviewRequestForm(Form):
    asks_age: ClassVar[bool] = False

    reviewer = forms.TypedChoiceField(
        label=_("Reviewer"), coerce=int, help_text=_("We will notify this person by email.")
    )

    def __init__(
        self, *args: Any, possible_reviewers: Sequence[Person], viewer_standing: Standing, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._people = {person.pk: person for person in possible_reviewers}
        named = sorted((get_display_name(person, viewer_standing), pk) for pk, person in self._people.items())
        self.set_choices("reviewer", [(pk, name) for name, pk in named])

    def get_reviewer(self) -> Person:
        return self._people[self.cleaned_data["reviewer"]]


class DraftReviewForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("remark",)
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("remark",)

    decision = forms.ChoiceField(
        label=_("Your review"),
        choices=[("approve", _("Approve: the message can be sent")), ("change", _("Request changes"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose “Approve” or “Request changes”.")},
    )
    remark = forms.CharField(
        label=_("Comment"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Required if you request changes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def get_values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "is_approved": given["decision"] == "approve",
            "remark": given["remark"],
            "version": given["version"],
        }


class SecretariatAddressesForm(Form):
    addresses = forms.CharField(
        label=_("Email addresses of the secretariat"),
        required=False,
        max_length=MAX_ADDRESSES * 255,
        widget=forms.Textarea({"rows": 6, "dir": "ltr"}),
        help_text=_(
            "Enter one email address on each line. If we can confirm that a message comes from one of these"
            " addresses, we file it without approval."
        ),
    )

    def clean_addresses(self) -> list[str]:
        lines = (line.strip().lower() for line in self.cleaned_data["addresses"].splitlines())
        addresses = list(dict.fromkeys(filter(None, lines)))
        if len(addresses) > MAX_ADDRESSES:
            raise ValidationError(gettext("Enter at most %(most)s addresses.") % {"most": MAX_ADDRESSES})
        for address in addresses:
            _check_recipient_address(address)
        return addresses


def _check_recipient_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        sentence = gettext("Enter a valid email address on each line. Not valid: %(address)s")
        raise ValidationError(sentence % {"address": address[:100]}) from error
