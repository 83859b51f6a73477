"""What is kept of an annual report: all else is drafted from the record whenever it is read."""

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.models import Coalition
from jukwaa.core.db import Manager

FIRST_REPORT_YEAR = 1980


class AnnualReport(models.Model):
    """The report of a coalition about one year.

    `edits` are those of `core/edited_paragraphs.py`. `sent_on` and `sent_to` say when it was submitted to the forum,
    and where it can be read there.
    """

    coalition = models.ForeignKey(Coalition, models.CASCADE, related_name="annual_reports")
    year = models.PositiveSmallIntegerField()
    edits = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    published_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    sent_on: models.DateField[date | None, date | None] = models.DateField(
        _("date of submission"), null=True, blank=True
    )
    sent_to = models.URLField(_("link to the report"), max_length=400, blank=True)

    objects = Manager["AnnualReport"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["coalition", "year"], name="a_year_has_one_annual_report"),
            models.CheckConstraint(
                name="a_submitted_annual_report_has_a_day_and_a_link",
                condition=Q(sent_on__isnull=True, sent_to="") | (Q(sent_on__isnull=False) & ~Q(sent_to="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coalition_id}, {self.year}"

    @property
    def is_started(self) -> bool:
        """Whether anyone has edited, published or submitted the report."""
        return bool(self.edits or self.published_at or self.sent_on)

    def get_absolute_url(self) -> str:
        return reverse("eligibility:annual_detail", args=[self.coalition.slug, self.year])
