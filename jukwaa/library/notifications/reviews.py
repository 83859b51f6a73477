"""News of reviews: that something waits or was decided, and no word of what it says."""

from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Role
from jukwaa.library.models import Review
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, defer_email_rendering, render_email
from jukwaa.updates.recipients import find_coalition_coordinators, find_role_holders, get_actor_ids
from jukwaa.updates.registries import notifications


def _get_review_of_activity(activity: Activity) -> Review | None:
    rows = Review.objects.select_related("item__coalition", "reviewer", "sent_by")
    return rows.filter(pk=activity.object_id).first()


def _build_review_email(review: Review, activity: Activity, people: list[Person], template: str) -> NotificationEmail:
    """No title stands in the template: what is under review is shown on its page."""

    def render_review_email() -> EmailText:
        page = reverse("library:review_detail", args=[review.item.coalition.slug, review.item_id])
        return render_email(f"library/email/{template}.txt", page)

    but = get_actor_ids(activity)
    coalition = review.item.coalition
    return NotificationEmail(
        coalition=coalition,
        people=people,
        topic=EmailTopic.CONCERNS,
        write=render_review_email,
        record=review.item,
        but=but,
    )


@notifications.register(("review", "sent"), ("review", "passed-on"))
def notify_review_sent(activity: Activity) -> Iterator[NotificationEmail]:
    review = _get_review_of_activity(activity)
    if review is None or not review.is_open or review.reviewer is not None:
        return
    coalition = review.item.coalition
    if lead := find_role_holders(coalition, Role.Kind.SAFEGUARDING_LEAD):
        yield _build_review_email(review, activity, lead, "review_sent")
        return
    write = defer_email_rendering(
        "library/email/review_without_lead.txt", reverse("coalitions:roles", args=[coalition.slug])
    )
    yield NotificationEmail(
        coalition=coalition, people=find_coalition_coordinators(coalition), topic=EmailTopic.CONCERNS, write=write
    )


@notifications.register(("review", "assigned"))
def notify_reviewer_assigned(activity: Activity) -> Iterator[NotificationEmail]:
    review = _get_review_of_activity(activity)
    if review is None or not review.is_open or review.reviewer is None:
        return
    yield _build_review_email(review, activity, [review.reviewer], "review_assigned")


@notifications.register(("review", "decided"))
def notify_review_decided(activity: Activity) -> Iterator[NotificationEmail]:
    review = _get_review_of_activity(activity)
    if review is None or not review.decided_at:
        return
    author = review.sent_by
    yield _build_review_email(review, activity, [author], "review_decided")
    lead = [
        person for person in find_role_holders(review.item.coalition, Role.Kind.SAFEGUARDING_LEAD) if person != author
    ]
    # What was decided is for the lead also where the item is not.
    yield replace(_build_review_email(review, activity, lead, "review_decided"), record=None)
