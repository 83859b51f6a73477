"""The form of the quorum of a coalition."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.core.forms import Form
from jukwaa.meetings.actions.quorum import compute_quorum_fingerprint
from jukwaa.meetings.models import QuorumRule

MAX_QUORUM_NUMBER = 999


def build_quorum_number_field(field_label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=field_label, help_text=help_text, required=False, min_value=0, max_value=MAX_QUORUM_NUMBER
    )


class QuorumRuleForm(Form):
    """Empty and 0 mean the same."""

    members = build_quorum_number_field(_("Members"), _("Organisations and individual members."))
    organisations = build_quorum_number_field(_("Member organisations"))
    regions = build_quorum_number_field(_("Regions"))
    stakeholder_groups = build_quorum_number_field(_("Stakeholder groups"))
    seen = forms.CharField(widget=forms.HiddenInput)

    def get_numbers(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] or 0 for name in QuorumRule.FIELDS}

    @staticmethod
    def get_initial(quorum_rule: QuorumRule) -> dict[str, Any]:
        numbers = {name: getattr(quorum_rule, name) or None for name in QuorumRule.FIELDS}
        return numbers | {"seen": compute_quorum_fingerprint(quorum_rule)}
