"""News of large documents: that one was read, or could not be."""

from collections.abc import Iterator

from jukwaa.coalitions.models import Activity
from jukwaa.intake.models import Reading
from jukwaa.mail.headers import LABELS_READABLE_BY_EMAIL
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, defer_email_rendering, render_email
from jukwaa.updates.registries import notifications


@notifications.register(("reading", "read"))
def notify_reading_done(activity: Activity) -> Iterator[NotificationEmail]:
    """Whoever brought a large document was told to go on with other things meanwhile."""
    reading = (
        Reading.objects.select_related("coalition", "started_by", "document").filter(pk=activity.object_id).first()
    )
    brought = Activity.objects.filter(kind=activity.kind, object_id=activity.object_id, verb="brought")
    if reading is None or reading.document is None or reading.state != Reading.State.OPEN or not brought.exists():
        return
    write = defer_email_rendering("intake/email/reading_done.txt", reading.get_absolute_url(), title=reading.title)
    yield NotificationEmail(
        coalition=reading.coalition,
        people=[reading.started_by],
        topic=EmailTopic.CONCERNS,
        write=write,
        record=reading.document,
    )


@notifications.register(("reading", "failed"))
def notify_reading_failed(activity: Activity) -> Iterator[NotificationEmail]:
    """Whoever brought it was told that they may leave. There is no record yet, so the label of the reading decides."""
    failed = Reading.objects.filter(pk=activity.object_id, state=Reading.State.FAILED)
    reading = failed.select_related("coalition", "started_by").first()
    if reading is None:
        return

    def write_email() -> EmailText:
        return render_email(
            "intake/email/reading_failed.txt",
            reading.get_absolute_url(),
            title=reading.title,
            is_open=reading.label in LABELS_READABLE_BY_EMAIL,
            problem=reading.problem,
        )

    yield NotificationEmail(
        coalition=reading.coalition, people=[reading.started_by], topic=EmailTopic.CONCERNS, write=write_email
    )
