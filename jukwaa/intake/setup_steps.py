"""Steps of setting up a coalition: its documents and its last reports."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import SetupStep, get_step_url, setup_steps
from jukwaa.intake.models import Reading
from jukwaa.records.models import Document, State


@setup_steps.register(50)
def build_documents_step(coalition: Coalition) -> SetupStep:
    documents = Document.objects.of(coalition).exclude(state=State.DRAFT).count()
    return SetupStep(
        title=_("Import your shared drive as a ZIP file"),
        explanation=_("Members will be able to search all its documents. You do not need to review anything now."),
        url=get_step_url("intake:drive_new", coalition),
        result=ngettext("1 document in the archive", "%(n)s documents in the archive", documents) % {"n": documents}
        if documents
        else "",
    )


@setup_steps.register(60)
def build_reports_step(coalition: Coalition) -> SetupStep:
    entered = Reading.objects.filter(coalition=coalition, state=Reading.State.ENTERED).count()
    return SetupStep(
        title=_("Import your latest reports, newest first"),
        explanation=_("You review suggestions for attendance, decisions and commitments, each with its source."),
        url=get_step_url("intake:reading_new", coalition),
        result=ngettext("1 report in the record", "%(n)s reports in the record", entered) % {"n": entered}
        if entered
        else "",
    )
