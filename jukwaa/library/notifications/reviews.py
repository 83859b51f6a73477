"""News of reviews: that something waits or was decided, and no word of what it says."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity, Role
from jukwaa.library.models import Review
from jukwaa.updates.letters import News, Text
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, coordinators, holders
from jukwaa.updates.registries import notifications


def _review(activity: Activity) -> Review | None:
    rows = Review.objects.select_related("item__coalition", "reviewer", "sent_by")
    return rows.filter(pk=activity.object_id).first()


def _news(review: Review, activity: Activity, people: list[Person], write: Callable[[], tuple[str, str]]) -> News:
    """`write` gives the subject and the sentence. No title stands in it: what is under review is shown on its page."""

    def text() -> Text:
        subject, sentence = write()
        page = reverse("library:review_detail", args=[review.item.coalition.slug, review.item_id])
        return Text(subject, (sentence,), page)

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
        yield _news(
            review,
            activity,
            lead,
            lambda: (
                _("Somebody is to be asked to read something"),
                _("Something was sent for review. Ask a second person to read it before it is published."),
            ),
        )
        return

    def write() -> Text:
        return Text(
            _("The coalition needs a safeguarding lead"),
            (
                _("Something waits to be read by a second person, and nobody can ask one."),
                _("Please give somebody the role soon."),
            ),
            reverse("coalitions:roles", args=[coalition.slug]),
        )

    yield News(coalition=coalition, people=coordinators(coalition), topic=Topic.CONCERNS, write=write)


@notifications.register(("review", "assigned"))
def assigned(activity: Activity) -> Iterator[News]:
    review = _review(activity)
    if review is None or not review.is_open or review.reviewer is None:
        return
    yield _news(
        review,
        activity,
        [review.reviewer],
        lambda: (
            _("You are asked to read something before it is published"),
            _("The safeguarding lead asks you to be a second reader. You can say yes or no on its page."),
        ),
    )


@notifications.register(("review", "decided"))
def decided(activity: Activity) -> Iterator[News]:
    review = _review(activity)
    if review is None or not review.decided_at:
        return
    author = review.sent_by
    yield _news(review, activity, [author], _was_decided)
    lead = [person for person in holders(review.item.coalition, Role.Kind.SAFEGUARDING_LEAD) if person != author]
    # What was decided is for the lead also where the item is not.
    yield replace(_news(review, activity, lead, _was_decided), record=None)


def _was_decided() -> tuple[str, str]:
    return (
        _("A second person has read what was sent for review"),
        _("What they decided, and why, stands on the page of the review."),
    )
