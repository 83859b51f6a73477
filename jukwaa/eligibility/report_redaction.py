"""Annual reports hang on no record: what a rapporteur wrote in them is redacted with the records of the coalition."""

from typing import Any

from django.db.models import F

from jukwaa.eligibility.models import AnnualReport
from jukwaa.records.models import Record
from jukwaa.records.redaction import NameRedactor, redact_table_rows


def redact_annual_reports(record: Record, redactor: NameRedactor, **_signal: Any) -> None:
    """A name was taken out of a record: out of edited sections too, as a new version that nobody overwrites."""
    _count, changed = redact_table_rows(AnnualReport.objects.filter(coalition=record.coalition_id), redactor)
    AnnualReport.objects.filter(pk__in=[report.pk for report in changed]).update(version=F("version") + 1)
