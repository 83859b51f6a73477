"""Steps of setting up a coalition: its documents and its last reports."""

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import SetupStep, get_step_url, setup_step_registry
from jukwaa.intake.models import Drive, Reading


@setup_step_registry.register(50)
def build_documents_step(coalition: Coalition) -> SetupStep:
    """Reports that were imported one by one are counted in their own step."""
    documents = Drive.objects.of(coalition).aggregate(total=Sum("made"))["total"] or 0
    return SetupStep(
        title=_("Import your shared drive as a ZIP file"),
        explanation=_("You choose who can search the documents."),
        url=get_step_url("intake:drive_new", coalition),
        result=ngettext("1 document from your shared drive", "%(n)s documents from your shared drive", documents)
        % {"n": documents}
        if documents
        else "",
    )


@setup_step_registry.register(60)
def build_reports_step(coalition: Coalition) -> SetupStep:
    readings = Reading.objects.filter(coalition=coalition)
    entered = readings.filter(state=Reading.State.ENTERED).count()
    waiting = readings.filter(state=Reading.State.OPEN).count()
    advice = _("Import members first, so that names can be matched. Allow 5 to 15 minutes for each report.")
    return SetupStep(
        title=_("Import your latest reports, newest first"),
        explanation=" ".join(filter(None, [_describe_waiting_suggestions(waiting), advice])),
        url=get_step_url("intake:reading_new", coalition),
        result=ngettext("1 report in the record", "%(n)s reports in the record", entered) % {"n": entered}
        if entered
        else "",
    )


def _describe_waiting_suggestions(waiting_count: int) -> str:
    if not waiting_count:
        return ""
    sentence = ngettext(
        "1 report to review. Nothing is added to the record until you confirm it.",
        "%(n)s reports to review. Nothing is added to the record until you confirm it.",
        waiting_count,
    )
    return sentence % {"n": waiting_count}
