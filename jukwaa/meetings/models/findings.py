"""Key findings of a year, each tied to the records that it comes from."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jukwaa.core.db import Manager
from jukwaa.records.models import Record, RecordQuerySet

KEY_FINDING_RECORD_KIND = "key-finding"
FIRST_YEAR, LAST_YEAR = 1990, 2200


class KeyFindingQuerySet(RecordQuerySet["KeyFinding"]):
    pass


class KeyFinding(Record):
    """What the coalition learnt in a year: `title` is the finding in a sentence, `summary` explains it."""

    record_ptr = models.OneToOneField(
        Record, models.CASCADE, parent_link=True, primary_key=True, related_name="as_key_finding"
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    based_on = models.ManyToManyField(Record, through="FindingSource", related_name="key_findings")

    objects = Manager.from_queryset(KeyFindingQuerySet)()  # type: ignore[assignment,misc]  # narrows the parent's

    VERSIONED: ClassVar[tuple[str, ...]] = (*Record.VERSIONED, "year")

    class Meta:
        indexes = [models.Index(fields=["year", "record_ptr"], name="key_findings_by_year")]
        constraints = [
            models.CheckConstraint(
                name="a_key_finding_is_of_a_year", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
            )
        ]

    def erase_texts(self) -> None:
        """What it was based on would tell what it said."""
        self.finding_sources.all().delete()


class FindingSource(models.Model):
    """A record that a key finding is based on."""

    finding = models.ForeignKey(KeyFinding, models.CASCADE, related_name="finding_sources")
    record = models.ForeignKey(Record, models.CASCADE, related_name="+")

    objects = Manager["FindingSource"]()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["finding", "record"], name="a_finding_has_a_source_once")]

    def __str__(self) -> str:
        return str(self.record)
