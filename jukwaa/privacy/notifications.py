"""Emails to those who answer requests about personal data. The person who asked gets theirs from the actions."""

from collections.abc import Iterator

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Coalition, Role
from jukwaa.privacy.models import DataRequest
from jukwaa.updates.letters import News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import coordinators, holders
from jukwaa.updates.registries import notifications


def list_deciders(coalition: Coalition) -> list[Person]:
    return [*coordinators(coalition), *holders(coalition, Role.Kind.SAFEGUARDING_LEAD)]


@notifications.register(("datarequest", "asked"))
def notify_request_received(activity: Activity) -> Iterator[News]:
    """That there is one and until when to answer it: what it says stays on its page."""
    rows = DataRequest.objects.select_related("coalition").filter(state=DataRequest.State.ASKED)
    request = rows.filter(pk=activity.object_id).first()
    if request is None:
        return

    def write() -> Text:
        path = reverse("privacy:request_detail", args=[request.coalition.slug, request.pk])
        return render_email("privacy/email/received.txt", path, request=request)

    yield News(
        coalition=request.coalition,
        people=list_deciders(request.coalition),
        topic=Topic.CONCERNS,
        write=write,
        at_once=True,  # a deadline of the law runs
        but=frozenset({request.requester_id} if request.requester_id else ()),
    )
