"""Who gets an email when an annual report is published."""

from collections.abc import Iterator

from jukwaa.coalitions.models import Activity
from jukwaa.eligibility.models import AnnualReport
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import NotificationEmail, defer_email_rendering
from jukwaa.updates.recipients import find_news_subscribers, get_actor_ids
from jukwaa.updates.registries import notifications


@notifications.register(("annualreport", "published"))
def notify_annual_report_published(activity: Activity) -> Iterator[NotificationEmail]:
    found = AnnualReport.objects.select_related("coalition").filter(published_at__lte=activity.at)
    report = found.filter(pk=activity.object_id).first()
    if report is None:
        return
    write = defer_email_rendering(
        "eligibility/email/annual_report_published.txt", report.get_absolute_url(), year=report.year
    )
    yield NotificationEmail(
        coalition=report.coalition,
        people=find_news_subscribers(report.coalition),
        topic=EmailTopic.NEWS,
        write=write,
        but=get_actor_ids(activity),
    )
