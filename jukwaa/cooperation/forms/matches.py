"""Bringing both together, and saying what came of it."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.cooperation.models import Match
from jukwaa.core.safeguards.forms import ScreenedForm


class ProposeMatchForm(ScreenedForm):
    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("words",)

    words = forms.CharField(
        label=_("Message to both sides"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_(
            "Explain why this could be a good match. Both sides will read your message, so leave out names and "
            "addresses."
        ),
    )


class MatchStateForm(ScreenedForm):
    """`from_state` is how it stood when the page was loaded; `stays` is for a side, which may add words to that."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("words",)
    CONDITIONAL_FIELDS: ClassVar[tuple[str, ...]] = ("words",)

    state = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Comment"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Describe what you agreed, what was done and what changed, or why there was no result."),
    )
    from_state = forms.CharField(max_length=15, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, match: Match, next_states: Sequence[Match.State], can_stay: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial={"state": match.state, "from_state": match.state}, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
        if match.state == match.State.SUGGESTED:  # nothing has begun that could fall through
            field.label = _("Your response")
            as_before = str(_("Add a comment without answering"))
            labels = [str(_("Decline the introduction"))]
        else:
            as_before = _("%(state)s (no change)") % {"state": match.get_state_display()}
            labels = [str(each.label) for each in next_states]
        offered = list(zip(next_states, labels, strict=False))
        field.choices = [*([(match.state, as_before)] if can_stay else []), *offered]

    def get_action_arguments(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("state", "words", "from_state")}
