"""What people read for the values of a call file."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.proposals.call import CallDateKind, CallFieldRequirement, CallFieldType, CallPhase
from jukwaa.proposals.proposal_values import ProposalRole

FIELD_TYPE_LABELS: Mapping[str, Promise] = {
    CallFieldType.LINE: _("Line of text"),
    CallFieldType.TEXT: pgettext_lazy("type of field", "Text"),
    CallFieldType.CHOICE: _("One option"),
    CallFieldType.CHOICES: _("Several options"),
    CallFieldType.PEOPLE: _("People"),
    CallFieldType.FILE: _("File"),
    CallFieldType.LINK: _("Web address"),
    CallFieldType.EMAIL: _("Email address"),
    CallFieldType.COUNTRY: _("Country"),
}
FIELD_REQUIREMENT_LABELS: Mapping[str, Promise] = {
    CallFieldRequirement.MUST: pgettext_lazy("required", "Yes"),
    CallFieldRequirement.LIKED: pgettext_lazy("required", "Recommended"),
    CallFieldRequirement.OPTIONAL: pgettext_lazy("required", "No"),
    CallFieldRequirement.NOT_KNOWN: pgettext_lazy("required", "Not known"),
}
LENGTH_UNIT_LABELS: Mapping[str, Promise] = {
    "characters": _("characters"),
    "words": _("words"),
    "pages": _("pages"),
    "items": pgettext_lazy("unit of a limit", "people"),
    "options": _("options"),
}
CALL_DATE_LABELS: Mapping[str, Promise] = {
    CallDateKind.OPENS: _("Call opens"),
    CallDateKind.SCREENING: _("Screening completed"),
    CallDateKind.SCORES: _("Scores due"),
    CallDateKind.SYNTHESIS: _("Synthesis of scores"),
    CallDateKind.SELECTION: _("Selection meeting"),
    CallDateKind.RESULTS: _("Results announced"),
    CallDateKind.CONFIRMATION: _("Speakers must be confirmed by"),
    CallDateKind.FREEZE: _("No changes to the proposal after"),
    CallDateKind.REPORT: _("Session report due"),
    CallDateKind.SESSION: _("Session takes place"),
}
RULE_STAGE_LABELS: Mapping[str, Promise] = {
    "screening": pgettext_lazy("stage", "At screening"),
    "evaluation": pgettext_lazy("stage", "At evaluation"),
    "after selection": pgettext_lazy("stage", "After selection"),
    "at the session": pgettext_lazy("stage", "At the session"),
    "not stated": pgettext_lazy("stage", "Stage not stated"),
}
CALL_PHASE_LABELS: Mapping[str, Promise] = {
    CallPhase.OPEN: pgettext_lazy("call", "Open"),
    CallPhase.UPCOMING: pgettext_lazy("call", "Upcoming"),
    CallPhase.UNKNOWN: pgettext_lazy("call", "Deadline not known"),
    CallPhase.PAST: pgettext_lazy("call", "Past"),
}
PARTICIPANT_ROLE_LABELS: Mapping[str, Promise] = {
    ProposalRole.ORGANISER: _("Organisers"),
    ProposalRole.SPEAKER: _("Speakers"),
    ProposalRole.MODERATOR: _("Moderators on site"),
    ProposalRole.ONLINE_MODERATOR: _("Online moderators"),
    ProposalRole.RAPPORTEUR: _("Rapporteurs"),
}
# The checks that can be chosen in a form. "option" needs the text of the file.
CALL_CHECK_LABELS: Mapping[str, Promise] = {
    "people": _("Number of people in a role"),
    "other gender": _("At least one person of another gender"),
    "stakeholder groups": _("Number of stakeholder groups"),
    "regional groups": _("Number of regional groups"),
    "age bands": _("Number of age groups"),
    "newcomers": _("Number of people who are new to the forum"),
    "proposals of a person": _("Number of proposals per person"),
    "proposals of an institution": _("Number of proposals per institution"),
    "sessions of a person": _("Number of sessions per person"),
    "earlier report": _("Report of an earlier session is linked"),
    "not a committee member": _("Proposer is not a member of the Multistakeholder Advisory Group"),
    "judged by a person": _("Other rule, to be checked by a person"),
}
