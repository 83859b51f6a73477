"""News of reviews: that something waits or was decided, and no word of what it says."""

from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Role
from jukwaa.library.models import Review
from jukwaa.updates.letters import News, Text, email, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, coordinators, holders
from jukwaa.updates.registries import notifications


def _review(activity: Activity) -> Review | None:
    rows = Review.objects.select_related("item__coalition", "reviewer", "sent_by")
    return rows.filter(pk=activity.object_id).first()


def _news(review: Review, activity: Activity, people: list[Person], template: str) -> News:
    """No title stands in the template: what is under review is shown on its page."""

    def text() -> Text:
        page = reverse("library:review_detail", args=[review.item.coalition.slug, review.item_id])
        return render_email(f"library/email/{template}.txt", page)

    but = actor_of(activity)
    coalition = review.item.coalition
    return News(coalition=coalition, people=people, topic=Topic.CONCERNS, write=text, record=review.item, but=but)


@notifications.register(("review", "sent"), ("review", "passed-on"))
def sent(activity: Activity) -> Iterator[News]:
    review = _review(activity)
    if review is None or not review.is_open or review.reviewer is not None:
        return
    coalition = review.item.coalition
    if lead := holders(coalition, Role.Kind.SAFEGUARDING_LEAD):
        yield _news(review, activity, lead, "review_sent")
        return
    write = email("library/email/review_without_lead.txt", reverse("coalitions:roles", args=[coalition.slug]))
    yield News(coalition=coalition, people=coordinators(coalition), topic=Topic.CONCERNS, write=write)


@notifications.register(("review", "assigned"))
def assigned(activity: Activity) -> Iterator[News]:
    review = _review(activity)
    if review is None or not review.is_open or review.reviewer is None:
        return
    yield _news(review, activity, [review.reviewer], "review_assigned")


@notifications.register(("review", "decided"))
def decided(activity: Activity) -> Iterator[News]:
    review = _review(activity)
    if review is None or not review.decided_at:
        return
    author = review.sent_by
    yield _news(review, activity, [author], "review_decided")
    lead = [person for person in holders(review.item.coalition, Role.Kind.SAFEGUARDING_LEAD) if person != author]
    # What was decided is for the lead also where the item is not.
    yield replace(_news(review, activity, lead, "review_decided"), record=None)
