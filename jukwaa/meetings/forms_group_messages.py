"""The form for writing to members of groups that are missing at a meeting."""

import hashlib
import uuid
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jukwaa.core.safeguards.forms import ScreenedForm, copy_form_data_with_value
from jukwaa.meetings.missing_groups import MemberWithoutReply

MAX_GROUP_MESSAGE_LENGTH = 3000


class GroupMessageForm(ScreenedForm):
    """`previewed` remembers what was shown: the message is sent once it has been seen as it will arrive."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("text",)

    organisations = forms.TypedMultipleChoiceField(
        label=_("Members to write to"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one organisation.")},
    )
    text = forms.CharField(
        label=_("Message"),
        max_length=MAX_GROUP_MESSAGE_LENGTH,
        widget=forms.Textarea({"rows": 8}),
        help_text=_("We will add the date, the joining link and the links for replying below your message."),
        error_messages={"required": _("Enter a message.")},
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    previewed = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, silent_members: Sequence[MemberWithoutReply], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(member.organisation.pk, _get_member_label(member)) for member in silent_members]
        self.fields["organisations"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        self.initial.setdefault(
            "organisations", [member.organisation.pk for member in silent_members if member.written_at is None]
        )

    def needs_preview(self) -> bool:
        """Whether the form goes back with a preview: once for each text and choice of members."""
        said = self.cleaned_data
        seen = f"{sorted(said['organisations'])} {said['text']}"
        mark = hashlib.sha256(seen.encode()).hexdigest()
        if said["previewed"] == mark:
            return False
        self.data = copy_form_data_with_value(self.data, self.add_prefix("previewed"), mark)
        return True


def _get_member_label(silent_member: MemberWithoutReply) -> str:
    if silent_member.written_at is None:
        return silent_member.display_label
    return gettext("%(member)s (already contacted)") % {"member": silent_member.display_label}
