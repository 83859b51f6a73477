"""What a coalition has decided about its proposals: who submits them, and the keywords of its theme."""

from django.utils.translation import gettext as _

from jukwaa.coalitions.models import AreaOfWork, Coalition
from jukwaa.proposals.models import ProposalSettings

ProposalSubmitters = ProposalSettings.Submitters


def get_proposal_settings(coalition: Coalition) -> ProposalSettings:
    found = ProposalSettings.objects.filter(coalition=coalition).first()
    return found or ProposalSettings(coalition=coalition)


def explain_who_can_submit(coalition: Coalition) -> str:
    """Return who can submit, as a sentence for those who cannot."""
    sentences = {
        ProposalSubmitters.CHAIRS: _("Only coordinators and chairs can submit a proposal."),
        ProposalSubmitters.COORDINATORS: _("Only coordinators can submit a proposal."),
        ProposalSubmitters.TEAM: _("Only coordinators, chairs and the team of the proposal can submit it."),
    }
    return sentences[ProposalSubmitters(get_proposal_settings(coalition).submitters)]


def get_theme_keywords(coalition: Coalition) -> list[str]:
    """Return the keywords that the coalition has entered, or else the names of its areas of work."""
    entered = [line.strip() for line in get_proposal_settings(coalition).keywords.splitlines() if line.strip()]
    if entered:
        return entered
    areas = AreaOfWork.objects.filter(coalition=coalition, scheme=AreaOfWork.Scheme.COALITION)
    return list(areas.values_list("name", flat=True))
