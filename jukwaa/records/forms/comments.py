"""Saying something, saying it better, and hiding what was said."""

import uuid
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.models import Organisation
from jukwaa.coalitions.standing import Standing
from jukwaa.core.forms import Form
from jukwaa.core.safeguards import SafeguardHit
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.records.mentions import find_mentions
from jukwaa.records.models import Comment, Label, Record

MAX_COMMENT_LENGTH = 10_000
HANDLE_SIGN_NAME = "handle"  # see `core/safeguards/signs.py`
MENTION_HELP_TEXT = _("To notify someone, write @ and their name, or the acronym of an organisation, such as @ITU.")


def build_body_field() -> forms.CharField:
    return forms.CharField(
        label=_("Your comment"),
        help_text=MENTION_HELP_TEXT,
        max_length=MAX_COMMENT_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Enter a comment."),
            "max_length": _(
                "A comment can have at most 10,000 characters. Shorten it, or put the rest in a document and attach"
                " the document."
            ),
        },
    )


class MentioningForm(ScreenedForm):
    """A mention of a member is no account on a network, of which a writer would be warned.

    The warning stays where everyone would read a name that only members may read.
    """

    def __init__(
        self, *args: Any, standing: Standing | None = None, record: Record | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.is_public = record is None or record.label == Label.CLEAR

    def find_field_hits(self, name: str, text: str) -> list[SafeguardHit]:
        hits = super().find_field_hits(name, text)
        if self.standing is None or not any(hit.sign.name == HANDLE_SIGN_NAME for hit in hits):
            return hits
        starts = find_mentions(text, self.standing).find_mention_starts(public_only=self.is_public)
        return [hit for hit in hits if hit.sign.name != HANDLE_SIGN_NAME or hit.start not in starts]


class CommentForm(MentioningForm):
    """`token` makes a second press of the button harmless."""

    submission_source = "comment"
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("body",)

    body = build_body_field()
    capacity = forms.ChoiceField(
        label=_("On whose behalf are you commenting?"),
        widget=forms.RadioSelect(),
        error_messages={
            "required": _("Choose on whose behalf you are commenting."),
            "invalid_choice": _(
                "Choose one of the options. You can only comment on behalf of an organisation that has confirmed"
                " that you belong to it."
            ),
        },
    )
    token = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, choices: list[CapacityChoice], **kwargs: Any) -> None:
        kwargs["initial"] = {"capacity": choices[0].value if choices else "", "token": uuid.uuid4()} | (
            kwargs.get("initial") or {}
        )
        super().__init__(*args, **kwargs)
        self.offered = {choice.value: choice.organisation for choice in choices}
        capacity = self.fields["capacity"]
        self.set_choices("capacity", [(choice.value, choice.label) for choice in choices])
        if len(choices) == 1:  # nothing to choose, and still said
            capacity.required, capacity.widget = False, forms.HiddenInput()
            self.fields["body"].help_text = format_lazy(
                "{} {}", _("You are commenting as an individual."), MENTION_HELP_TEXT
            )

    def get_organisation(self) -> Organisation | None:
        """For whom the writer speaks; None is on their own."""
        return self.offered[self.cleaned_data["capacity"] or next(iter(self.offered))]


class CommentEditForm(MentioningForm):
    submission_source = "comment"
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("body",)

    body = build_body_field()
    version = forms.IntegerField(widget=forms.HiddenInput())

    @staticmethod
    def get_initial(comment: Comment) -> dict[str, Any]:
        return {"body": comment.body, "version": comment.version}


class HideForm(Form):
    reason = forms.CharField(
        label=_("Reason for hiding the comment"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Everyone who reads the record will see this reason. Say which rule the comment breaks, not who broke it."
        ),
        error_messages={"required": _("Enter a reason, so that readers know why the comment was hidden.")},
    )
