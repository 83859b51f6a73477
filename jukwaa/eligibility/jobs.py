"""What the clock does for the self-check: links are checked once a week."""

from datetime import datetime

from jukwaa.coalitions.models import Coalition
from jukwaa.eligibility.link_checker import list_link_addresses
from jukwaa.eligibility.tasks import check_links_of
from jukwaa.updates.clock import ClockPhase, register_job

WEEK_FORMAT = "%G-W%V"


@register_job("check the links of self-checks", ClockPhase.PREPARE, WEEK_FORMAT)
def check_all_links(_now: datetime) -> None:
    """The clock only asks for it: other servers may take their time."""
    for coalition in Coalition.objects.all():
        if list_link_addresses(coalition):
            check_links_of.enqueue(coalition.pk)
