"""What the regions of a coalition say, and what was counted of them."""

from jukwaa.regions.models.figures import Figures
from jukwaa.regions.models.observations import Voice, VoiceQuerySet

__all__ = [
    "Figures",
    "Voice",
    "VoiceQuerySet",
]
