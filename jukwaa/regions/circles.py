"""Who sees the same numbers."""

from django.db.models import TextChoices

from jukwaa.coalitions.standing import Standing
from jukwaa.records.models import Label


class CoverageAudience(TextChoices):
    """What fewer than all members may read counts for nobody: numbers are quoted, and don't say what stands behind."""

    WORLD = "world"
    MEMBERS = "members"

    @classmethod
    def around(cls, viewer_standing: Standing) -> "CoverageAudience":
        return cls.MEMBERS if viewer_standing.has_seat else cls.WORLD

    @property
    def labels(self) -> list[Label]:
        return [Label.CLEAR] if self == CoverageAudience.WORLD else [Label.CLEAR, Label.GREEN]
