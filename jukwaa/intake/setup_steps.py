"""Steps of setting up a coalition: its documents and its last reports."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.setup_checklist import Step, link, setup_steps
from jukwaa.intake.models import Reading
from jukwaa.records.models import Document, State


@setup_steps.register(50)
def build_documents_step(coalition: Coalition) -> Step:
    documents = Document.objects.of(coalition).exclude(state=State.DRAFT).count()
    return Step(
        title=_("Bring in the shared drive, as a ZIP"),
        explanation=_("Everything in it can be searched by members at once; you decide nothing about it now."),
        url=link("intake:drive_new", coalition),
        result=ngettext("One document is here.", "%(n)s documents are here.", documents) % {"n": documents}
        if documents
        else "",
    )


@setup_steps.register(60)
def build_reports_step(coalition: Coalition) -> Step:
    entered = Reading.objects.filter(coalition=coalition, state=Reading.State.ENTERED).count()
    return Step(
        title=_("Read in your last reports, the newest first"),
        explanation=_("Out of them come attendance, decisions and commitments, each with its sentence."),
        url=link("intake:reading_new", coalition),
        result=ngettext("One report is in the record.", "%(n)s reports are in the record.", entered) % {"n": entered}
        if entered
        else "",
    )
