"""The forms of requests about personal data, and of notices."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.core.forms import Form
from jukwaa.privacy.actions.notices import hash_notice_fields
from jukwaa.privacy.models import DataRequest, Notice


class DataRequestForm(Form):
    collects_personal_data = True

    kind = forms.ChoiceField(
        label=_("What would you like to ask for?"),
        choices=[
            (DataRequest.Kind.CORRECTION, _("A correction")),
            (DataRequest.Kind.REDACTION, _("Removal of my name")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you would like to ask for.")},
    )
    name = forms.CharField(
        label=_("Your name, as it is written on the page"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Enter your name as it is written on the page.")},
    )
    words = forms.CharField(
        label=_("What is wrong, or why should your name be removed?"),
        max_length=5000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Only the coordinators and the safeguarding lead of this coalition will read your explanation."),
        error_messages={"required": _("Enter 1 or 2 sentences about your request.")},
    )
    email = forms.EmailField(
        label=_("Your email address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email", "autocapitalize": "off", "spellcheck": "false"}),
        help_text=_("We will send you a link to confirm your request. We use the address only to answer you."),
        error_messages={
            "required": _("Enter your email address, so that we can answer you."),
            "invalid": _("Enter a full email address, such as name@example.org."),
        },
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, name: str = "", requires_email: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"token": uuid.uuid4(), "name": name}, **kwargs)
        if not requires_email:
            del self.fields["email"]


class AnswerForm(Form):
    granted = forms.TypedChoiceField(
        label=_("Your decision"),
        choices=[("yes", _("Grant the request")), ("no", _("Decline the request"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("We will email the decision and the reason to the person."),
        error_messages={"required": _("Enter a reason. We will email it to the person.")},
    )


class RemoveNameForm(Form):
    names = forms.CharField(
        label=_("Names to remove"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Enter each spelling of the name on a separate line, for example with and without initials."),
        error_messages={"required": _("Enter the name as it is written in the record.")},
    )
    with_files = forms.BooleanField(label=_("Delete the files in which the name was found"), required=False)

    def get_name_list(self) -> list[str]:
        typed: str = self.cleaned_data["names"]
        return [line.strip() for line in typed.splitlines() if line.strip()]


class NoticeForm(Form):
    """What only the coalition knows; all else is generated. `seen` says which words the editor had before them."""

    responsible = forms.CharField(
        label=_("Who is responsible"),
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Name, legal form and postal address."),
        error_messages={"required": _("Enter who is responsible, with a postal address.")},
    )
    contact = forms.CharField(
        label=_("Contact"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Email address, and a phone number if there is one."),
        error_messages={"required": _("Enter how people can contact you.")},
    )

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, notice: Notice | None, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.get_initial(notice), **kwargs)

    @classmethod
    def get_initial(cls, notice: Notice | None) -> dict[str, str]:
        names = (name for name in cls.base_fields if name != "seen") if notice else ()
        return {"seen": hash_notice_fields(notice), **{name: getattr(notice, name) for name in names}}


class PrivacyNoticeForm(NoticeForm):
    officer = forms.CharField(
        label=_("Data protection officer"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )
    authority = forms.CharField(
        label=_("Supervisory authority for complaints"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Name and address of the authority in the country where the coalition is based."),
    )
    extra = forms.CharField(
        label=_("Additional text"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "What else people should know, such as transfers to other countries. A line that begins with # is a "
            "heading."
        ),
    )


class ImprintForm(NoticeForm):
    extra = forms.CharField(
        label=_("Additional text"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("For example, the number in a public register, or who is responsible for the content."),
    )
