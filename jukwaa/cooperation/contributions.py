"""What stays in the record when somebody leaves: signatures, reports and updates."""

from django.db.models import QuerySet
from django.utils.translation import ngettext

from jukwaa.accounts.models import Person
from jukwaa.coalitions.departures import Contribution, contribution_registry
from jukwaa.coalitions.models import Coalition
from jukwaa.cooperation.models import DeliverableReport, Enquiry, Signature, Update


def _find_own_signatures(coalition: Coalition, person: Person) -> QuerySet[Signature]:
    return Signature.objects.filter(charter__work__coalition=coalition, person=person)


contribution_registry.register(90)(
    Contribution(lambda n: ngettext("%(n)s signature", "%(n)s signatures", n), _find_own_signatures)
)


def _find_deliverable_reports(coalition: Coalition, person: Person) -> QuerySet[DeliverableReport]:
    return DeliverableReport.objects.filter(deliverable__work__coalition=coalition, person=person)


contribution_registry.register(100)(
    Contribution(
        lambda n: ngettext("%(n)s report on joint work", "%(n)s reports on joint work", n), _find_deliverable_reports
    )
)


def _find_own_updates(coalition: Coalition, person: Person) -> QuerySet[Update]:
    return Update.objects.filter(work__coalition=coalition, person=person)


contribution_registry.register(110)(
    Contribution(lambda n: ngettext("%(n)s update on joint work", "%(n)s updates on joint work", n), _find_own_updates)
)


def _find_own_enquiries(coalition: Coalition, person: Person) -> QuerySet[Enquiry]:
    return Enquiry.objects.filter(need__coalition=coalition, person=person)


contribution_registry.register(120)(
    Contribution(lambda n: ngettext("%(n)s question about help", "%(n)s questions about help", n), _find_own_enquiries)
)
