"""What the regions of a coalition say, what was counted of them, and whom it wants to reach there."""

from jukwaa.regions.models.figures import Figures
from jukwaa.regions.models.observations import Voice, VoiceQuerySet
from jukwaa.regions.models.outreach import OUTREACH, Hosting, Milestone, Outreach, Question
from jukwaa.regions.models.prospects import Acquaintance, NeverAgain, Prospect

__all__ = [
    "OUTREACH",
    "Acquaintance",
    "Figures",
    "Hosting",
    "Milestone",
    "NeverAgain",
    "Outreach",
    "Prospect",
    "Question",
    "Voice",
    "VoiceQuerySet",
]
