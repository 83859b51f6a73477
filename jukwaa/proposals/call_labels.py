"""What people read for the values of a call file."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jukwaa.proposals.call import CallPhase, DateKind, FieldRequirement, FieldType
from jukwaa.proposals.proposal_values import Role

FIELD_TYPE_LABELS: Mapping[str, Promise] = {
    FieldType.LINE: _("Line of text"),
    FieldType.TEXT: _("Text"),
    FieldType.CHOICE: _("One option"),
    FieldType.CHOICES: _("Several options"),
    FieldType.PEOPLE: _("People"),
    FieldType.FILE: _("File"),
    FieldType.LINK: _("Web address"),
    FieldType.EMAIL: _("Email address"),
    FieldType.COUNTRY: _("Country"),
}
REQUIREMENT_LABELS: Mapping[str, Promise] = {
    FieldRequirement.MUST: pgettext_lazy("required", "Yes"),
    FieldRequirement.LIKED: pgettext_lazy("required", "Recommended"),
    FieldRequirement.OPTIONAL: pgettext_lazy("required", "No"),
    FieldRequirement.NOT_KNOWN: pgettext_lazy("required", "Not known"),
}
UNIT_LABELS: Mapping[str, Promise] = {
    "characters": _("characters"),
    "words": _("words"),
    "pages": _("pages"),
    "items": pgettext_lazy("unit of a limit", "people"),
    "options": _("options"),
}
DATE_LABELS: Mapping[str, Promise] = {
    DateKind.OPENS: _("Call opens"),
    DateKind.SCREENING: _("Screening completed"),
    DateKind.SCORES: _("Scores due"),
    DateKind.SYNTHESIS: _("Synthesis of scores"),
    DateKind.SELECTION: _("Selection meeting"),
    DateKind.RESULTS: _("Results announced"),
    DateKind.CONFIRMATION: _("Speakers must be confirmed by"),
    DateKind.FREEZE: _("No changes to the proposal after"),
    DateKind.REPORT: _("Session report due"),
    DateKind.SESSION: _("Session takes place"),
}
STAGE_LABELS: Mapping[str, Promise] = {
    "screening": pgettext_lazy("stage", "At screening"),
    "evaluation": pgettext_lazy("stage", "At evaluation"),
    "after selection": pgettext_lazy("stage", "After selection"),
    "at the session": pgettext_lazy("stage", "At the session"),
    "not stated": pgettext_lazy("stage", "Stage not stated"),
}
PHASE_LABELS: Mapping[str, Promise] = {
    CallPhase.OPEN: pgettext_lazy("call", "Open"),
    CallPhase.UPCOMING: pgettext_lazy("call", "Upcoming"),
    CallPhase.UNKNOWN: pgettext_lazy("call", "Deadline not known"),
    CallPhase.PAST: pgettext_lazy("call", "Past"),
}
ROLE_LABELS: Mapping[str, Promise] = {
    Role.ORGANISER: _("Organisers"),
    Role.SPEAKER: _("Speakers"),
    Role.MODERATOR: _("Moderators on site"),
    Role.ONLINE_MODERATOR: _("Online moderators"),
    Role.RAPPORTEUR: _("Rapporteurs"),
}
# The checks that can be chosen in a form. "option" needs the text of the file.
CHECK_LABELS: Mapping[str, Promise] = {
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
