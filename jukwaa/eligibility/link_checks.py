"""Whether an address responded when it was asked for as a stranger would. Nothing of its content is kept."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager


class LinkCheckQuerySet(models.QuerySet["LinkCheck"]):
    def of(self, coalition: Coalition) -> Self:
        return self.filter(coalition=coalition)


class LinkCheck(models.Model):
    """The last check of one address of a coalition. `reason` is a short sentence where it did not respond."""

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="link_checks")
    address = models.URLField(_("address"), max_length=400)
    checked_at = models.DateTimeField()
    has_responded = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)

    objects = Manager.from_queryset(LinkCheckQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "address"], name="an_address_has_one_last_check"),
            models.CheckConstraint(
                name="a_link_that_does_not_respond_has_a_reason",
                condition=Q(has_responded=True, reason="") | (Q(has_responded=False) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.address
