"""What a coalition wants to see represented at a meeting, so that its decisions are legitimate."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager


class QuorumRule(models.Model):
    """The least that must attend, each criterion by itself; 0 asks for nothing. Without a row there is no quorum."""

    FIELDS: ClassVar[tuple[str, ...]] = ("members", "organisations", "regions", "stakeholder_groups")

    coalition = models.OneToOneField(Coalition, models.CASCADE, related_name="quorum_rule")
    members = models.PositiveSmallIntegerField(_("members"), default=0)
    organisations = models.PositiveSmallIntegerField(_("member organisations"), default=0)
    regions = models.PositiveSmallIntegerField(_("regions"), default=0)
    stakeholder_groups = models.PositiveSmallIntegerField(_("stakeholder groups"), default=0)

    objects = Manager["QuorumRule"]()

    def __str__(self) -> str:
        return str(self.coalition)

    @property
    def is_set(self) -> bool:
        return any(getattr(self, name) for name in self.FIELDS)
