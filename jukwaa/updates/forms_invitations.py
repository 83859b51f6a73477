"""The words of an invitation and the people who get it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.forms import get_language_options
from jukwaa.accounts.models import Person
from jukwaa.core.forms import Form
from jukwaa.core.list_formatting import join_with_separator
from jukwaa.updates.invitation_emails import MAX_INVITED_PEOPLE, find_unknown_placeholders
from jukwaa.updates.invitation_recipients import Recipient

ALL, SOME = "all", "some"


class InvitationForm(Form):
    """`recipients` can be invited, some of them only one by one; `chosen` will be, once the form is valid."""

    CONDITIONAL_FIELDS = ("people",)
    asks_age = False  # it becomes an email to each person, and nothing public
    requires_name = True

    language = forms.ChoiceField(
        label=_("Language of the email"),
        choices=get_language_options,
        help_text=_("Until these people choose a language, pages and later emails will use this language too."),
    )
    subject = forms.CharField(
        label=_("Subject"), max_length=150, error_messages={"required": _("Enter the subject of the email.")}
    )
    message = forms.CharField(
        label=_("Message"),
        max_length=4000,
        widget=forms.Textarea({"rows": 14}),
        help_text=_(
            "We replace {name} with the person's name, and {organisation} with their organisation. We add a sign-in"
            " link above your message. Below it, we add the data that we keep about the person, the privacy notice"
            " and a link for leaving the directory."
        ),
        error_messages={
            "required": _("Enter your message."),
            "max_length": _("Shorten the message to at most 4,000 characters."),
        },
    )
    to = forms.ChoiceField(
        label=_("Who should get the invitation?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who should get the invitation.")},
    )
    people = forms.TypedMultipleChoiceField(
        label=_("People"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("If you select people, only they will get the invitation."),
        error_messages=dict.fromkeys(
            ("invalid_choice", "invalid_list"),
            _("Select people from the list. At least 1 person you selected has already signed in or been invited."),
        ),
    )

    def __init__(self, *args: Any, recipients: list[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.recipients = recipients
        self.chosen: list[Person] = []
        included = sum(recipient.is_included_in_everyone for recipient in recipients)
        if included < len(recipients):
            self.fields["to"].help_text = _(
                "“Everyone” leaves out people who do not belong to a member or observer, people who do not want"
                " emails, and people whose emails came back. You can still select them below."
            )
        everyone = _("Everyone who has not been invited (%(n)s)") % {"n": included}
        self.set_choices("to", [(ALL, everyone), (SOME, _("Only the people I select below"))])
        self.set_choices("people", [(each.person.pk, str(each)) for each in recipients])

    def clean_subject(self) -> str:
        return self._check_placeholders(" ".join(self.cleaned_data["subject"].split()))

    def clean_message(self) -> str:
        return self._check_placeholders(self.cleaned_data["message"].strip())

    def _check_placeholders(self, text: str) -> str:
        if unknown := find_unknown_placeholders(text):
            names = join_with_separator(f"{{{name}}}" for name in unknown)
            raise forms.ValidationError(
                _("Replace or delete %(names)s. Only {name} and {organisation} are filled in.") % {"names": names}
            )
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        selected = set(cleaned.get("people", ()))
        takes_all = cleaned.get("to") == ALL and not (selected and self._has_changed_people_only())
        self.chosen = [
            each.person
            for each in self.recipients
            if (each.is_included_in_everyone if takes_all else each.person.pk in selected)
        ]
        if cleaned.get("to") == SOME and not self.chosen and "people" not in self.errors:
            self.add_error("people", _("Select at least 1 person."))
        if takes_all and not self.chosen:
            self.add_error("to", _("Select people from the list. Nobody else can be invited."))
        if len(self.chosen) > MAX_INVITED_PEOPLE:
            self.add_error("to", _("Select at most %(n)s people for one invitation.") % {"n": MAX_INVITED_PEOPLE})
        return cleaned

    def _has_changed_people_only(self) -> bool:
        """Whether people were ticked while the choice above them stayed as it was: then the ticks are what is meant."""
        return "people" in self.changed_data and "to" not in self.changed_data
