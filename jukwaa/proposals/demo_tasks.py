"""What there is to try with session proposals in the demo."""

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.proposals.models import Proposal
from jukwaa.records.demo_parts import COORDINATOR, DemoTask, demo_task_registry


@demo_task_registry.register(60)
def create_missing_speaker_task(coalition: Coalition) -> DemoTask:
    proposal = Proposal.objects.of(coalition).filter(is_example=True).order_by("pk")[0]
    return DemoTask(
        name=_("Find a missing speaker in three clicks"),
        description=_(
            "See which regions and groups are missing among the speakers of a session proposal, and invite"
            " someone the coalition knows there."
        ),
        path=reverse("proposals:proposal_balance", args=[coalition.slug, proposal.pk]),
        person=COORDINATOR,
    )
