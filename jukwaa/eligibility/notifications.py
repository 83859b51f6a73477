"""Who gets an email when an annual report is published."""

from collections.abc import Iterator

from jukwaa.coalitions.models import Activity
from jukwaa.eligibility.models import AnnualReport
from jukwaa.updates.letters import News, email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, followers
from jukwaa.updates.registries import notifications


@notifications.register(("annualreport", "published"))
def notify_annual_report_published(activity: Activity) -> Iterator[News]:
    found = AnnualReport.objects.select_related("coalition").filter(published_at__lte=activity.at)
    report = found.filter(pk=activity.object_id).first()
    if report is None:
        return
    write = email("eligibility/email/annual_report_published.txt", report.get_absolute_url(), year=report.year)
    yield News(
        coalition=report.coalition,
        people=followers(report.coalition),
        topic=Topic.NEWS,
        write=write,
        but=actor_of(activity),
    )
