"""What the regions of a coalition say."""

from jukwaa.regions.models.observations import Voice, VoiceQuerySet

__all__ = [
    "Voice",
    "VoiceQuerySet",
]
