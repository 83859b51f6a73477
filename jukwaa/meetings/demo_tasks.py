"""What there is to try with meetings in the demo."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from jukwaa.coalitions.models import Coalition
from jukwaa.meetings.models import Meeting
from jukwaa.records.demo_parts import RAPPORTEUR, DemoTask, demo_task_registry


@demo_task_registry.register(40)
def create_minutes_task(coalition: Coalition) -> DemoTask:
    """Of the meeting in progress; after it has ended, its minutes."""
    begun = Meeting.objects.of(coalition).published().filter(starts_at__lte=timezone.now())
    meeting = begun.order_by("-starts_at")[0]
    return DemoTask(
        name=_("Take minutes together"),
        description=_(
            "A meeting is in progress, and a second note-taker is writing. Add a line: each of you sees the"
            " lines of the other within two seconds."
        ),
        path=reverse("meetings:minutes_live", args=[coalition.slug, meeting.pk]),
        person=RAPPORTEUR,
    )


@demo_task_registry.register(50)
def create_email_answer_task(_demo_coalition: Coalition) -> DemoTask:
    return DemoTask(
        name=_("Answer without signing in"),
        description=_(
            "Read the emails that members get. Their links work without an account: reply to the invitation"
            " to the next meeting, or confirm a commitment."
        ),
        path=reverse("mail:outbox"),
    )
