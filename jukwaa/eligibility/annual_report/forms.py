"""Forms of an annual report: the text of a section, and the submission to the forum."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jukwaa.coalitions.forms.fields import DayField
from jukwaa.core.forms import Form
from jukwaa.eligibility.annual_report.all_statistics import STATISTICS_BY_KEY
from jukwaa.eligibility.annual_report.composition import ComposedReport
from jukwaa.eligibility.annual_report.models import AnnualReport
from jukwaa.eligibility.annual_report.number_markers import update_marked_numbers


class ReportSectionForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 8}),
        required=False,
        max_length=20_000,
        help_text=_(
            "Numbers in square brackets, such as [meetings: 3], link to the records that were counted and stay up to"
            " date. You can move them. If you leave this field empty, the section is left out of the report."
        ),
    )

    @staticmethod
    def get_initial(composed_report: ComposedReport, section_key: str, report: AnnualReport) -> dict[str, Any]:
        text = composed_report.get_section(section_key).paragraph.text
        return {
            "text": update_marked_numbers(text, STATISTICS_BY_KEY, composed_report.facts.values_by_key),
            "version": report.version,
        }


class ReportSubmissionForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    sent_on = DayField(label=_("Date of submission"))
    sent_to = forms.URLField(
        label=_("Link to the report on the website of the forum"),
        required=False,
        max_length=400,
        assume_scheme="https",
        error_messages={"invalid": _("Enter a web address such as https://example.org/report.")},
    )

    @staticmethod
    def get_initial(report: AnnualReport) -> dict[str, Any]:
        return {"sent_on": report.sent_on, "sent_to": report.sent_to, "version": report.version}
