"""What a coalition decides about its proposals, and the meeting that one becomes."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.forms import Form
from jukwaa.core.safeguards.forms import ScreenedForm
from jukwaa.proposals.actions import hash_proposal_settings
from jukwaa.proposals.models import ProposalSettings


class ProposalSettingsForm(Form):
    submitters = forms.ChoiceField(
        label=_("Who can submit a proposal?"), choices=ProposalSettings.Submitters, widget=forms.RadioSelect
    )
    keywords = forms.CharField(
        label=_("Keywords for our theme"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "Enter one keyword on each line. We mark accepted sessions that have one of these keywords in their "
            "title, theme or description. If you leave this field empty, we use the areas of work."
        ),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    @staticmethod
    def get_initial(proposal_settings: ProposalSettings) -> dict[str, Any]:
        said = {name: getattr(proposal_settings, name) for name in ProposalSettings.FIELDS}
        return said | {"seen": hash_proposal_settings(proposal_settings)}


class MeetingFromProposalForm(ScreenedForm):
    """What is not known yet is left empty."""

    SCREENED_FIELDS: ClassVar[tuple[str, ...]] = ("title", "place")

    title = forms.CharField(
        label=_("Title of the meeting"), max_length=250, error_messages={"required": _("Enter a title.")}
    )
    starts_on = DayField(label=_("Date"), help_text=_("If you do not know this yet, leave the field empty."))
    place = forms.CharField(
        label=_("Place or room"),
        required=False,
        max_length=120,
        help_text=_("If you do not know this yet, leave the field empty."),
    )
