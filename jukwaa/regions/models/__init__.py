"""What regions say and what was counted of them, whom a coalition wants to reach there, and whom it briefs."""

from jukwaa.regions.models.briefs import BriefQuestion, BriefShape, BriefTranslation, BriefUse, Delivery
from jukwaa.regions.models.observations import Voice, VoiceQuerySet
from jukwaa.regions.models.outreach import OUTREACH_PLAN_KIND, Hosting, Milestone, Outreach, Question
from jukwaa.regions.models.prospects import Acquaintance, AnswerLink, NeverAgain, Prospect

__all__ = [
    "OUTREACH_PLAN_KIND",
    "Acquaintance",
    "AnswerLink",
    "BriefQuestion",
    "BriefShape",
    "BriefTranslation",
    "BriefUse",
    "Delivery",
    "Hosting",
    "Milestone",
    "NeverAgain",
    "Outreach",
    "Prospect",
    "Question",
    "Voice",
    "VoiceQuerySet",
]
