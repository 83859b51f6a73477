"""Emails about ideas: that one was suggested, and what has become of it. `notifications.py` registers them."""

from collections.abc import Iterable, Iterator
from functools import partial

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.capacities import CapacityChoice
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.meetings.models import Idea, Meeting, MergeRequest
from jukwaa.meetings.policies import can_decide_merge, can_support_idea
from jukwaa.records.models import Record, State
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import (
    EmailText,
    NotificationEmail,
    ReplyOption,
    defer_email_rendering,
    get_default_email_capacity,
    render_email,
)
from jukwaa.updates.recipients import (
    find_coalition_coordinators,
    find_news_subscribers,
    get_actor_ids,
    group_people_by_visible_name,
)

IDEA_REPLY_PREFIX = "idea"
IDEA_HOW_TO_REPLY_TEMPLATE = "meetings/email/idea_how_to_reply.txt"


def find_idea_of_activity(activity: Activity) -> Idea | None:
    ideas = Idea.objects.select_answers().select_related("coalition").filter(state=State.PUBLISHED)
    return ideas.filter(pk=activity.object_id).first()


def notify_idea_published(activity: Activity) -> Iterator[NotificationEmail]:
    """To coordinators, who are to answer it, and to those who want news. A reply supports it, or comments on it."""
    idea = find_idea_of_activity(activity)
    if idea is None or not idea.is_open:
        return
    asked = find_coalition_coordinators(idea.coalition)
    for topic, people in ((EmailTopic.CONCERNS, asked), (EmailTopic.NEWS, find_news_subscribers(idea.coalition))):
        for who, readers in _group_people_by_visible_author_name(idea, people).items():
            yield NotificationEmail(
                coalition=idea.coalition,
                people=readers,
                topic=topic,
                write=defer_email_rendering(
                    "meetings/email/idea_published.txt", idea.get_absolute_url(), idea=idea, who=who
                ),
                record=idea,
                answer=ReplyOption(
                    f"{IDEA_REPLY_PREFIX}:{idea.pk}", partial(_get_support_capacity, idea), IDEA_HOW_TO_REPLY_TEMPLATE
                ),
                once=f"idea:{idea.pk}",
                but=get_actor_ids(activity),
            )


def _group_people_by_visible_author_name(idea: Idea, people: Iterable[Person]) -> dict[str, list[Person]]:
    """Nobody reads the name of somebody under 18 here, whatever their role."""
    author = idea.authorships.select_related("person", "capacity__person").order_by("pk").first()
    if author is None or author.capacity is None or author.person.is_minor:
        return {"": list(people)}
    return group_people_by_visible_name(author.capacity, people, idea.coalition)


def _get_support_capacity(idea: Idea, person: Person) -> CapacityChoice | None:
    if person.is_minor or not can_support_idea(ViewerContext(person), idea):
        return None
    return get_default_email_capacity(person, idea.coalition)


def find_authors_and_supporters(idea: Idea) -> list[Person]:
    """Return its authors and supporters, each once."""
    authors = [row.person for row in idea.authorships.select_related("person")]
    supporters = [row.person for row in idea.supports.select_related("person")]
    return list({person.pk: person for person in (*authors, *supporters)}.values())


def notify_idea_on_agenda(activity: Activity) -> Iterator[NotificationEmail]:
    idea = find_idea_of_activity(activity)
    if idea is not None and idea.agenda_item is not None:
        yield _build_idea_answer_notification(
            activity, idea, "meetings/email/idea_on_agenda.txt", idea.agenda_item.meeting
        )


def notify_idea_taken_up(activity: Activity) -> Iterator[NotificationEmail]:
    idea = find_idea_of_activity(activity)
    if idea is not None and idea.became is not None:
        yield _build_idea_answer_notification(activity, idea, "meetings/email/idea_taken_up.txt", idea.became)


def notify_ideas_merged(activity: Activity) -> Iterator[NotificationEmail]:
    """Notify the authors of both ideas."""
    idea = find_idea_of_activity(activity)
    if idea is not None and idea.merged_into is not None:
        into = idea.merged_into
        others = [row.person for row in into.authorships.select_related("person")]
        yield _build_idea_answer_notification(activity, idea, "meetings/email/idea_merged.txt", into, others)


def notify_idea_declined(activity: Activity) -> Iterator[NotificationEmail]:
    idea = find_idea_of_activity(activity)
    if idea is not None and idea.declined_because:
        yield _build_idea_answer_notification(activity, idea, "meetings/email/idea_declined.txt")


def notify_idea_reopened(activity: Activity) -> Iterator[NotificationEmail]:
    idea = find_idea_of_activity(activity)
    if idea is not None and idea.is_open:
        yield _build_idea_answer_notification(activity, idea, "meetings/email/idea_reopened.txt")


def _build_idea_answer_notification(
    activity: Activity,
    idea: Idea,
    template: str,
    answer_record: Record | None = None,
    additional_people: Iterable[Person] = (),
) -> NotificationEmail:
    """Build the email about an answer; `answer_record` is the record that the idea became, named to its readers."""
    people = {person.pk: person for person in (*find_authors_and_supporters(idea), *additional_people)}.values()
    return NotificationEmail(
        coalition=idea.coalition,
        people=people,
        topic=EmailTopic.CONCERNS,
        write=partial(_render_idea_answer, idea, template, answer_record),
        record=idea,
        may_answer=True,
        but=get_actor_ids(activity),
    )


def _render_idea_answer(idea: Idea, template: str, answer_record: Record | None) -> EmailText:
    meeting = answer_record if isinstance(answer_record, Meeting) else None
    is_open_to_all = (
        answer_record is not None and answer_record.state == State.PUBLISHED and _has_same_readers(answer_record, idea)
    )
    return render_email(
        template,
        idea.get_absolute_url(),
        idea=idea,
        other=answer_record if is_open_to_all else None,
        meeting=meeting if is_open_to_all else None,
    )


def _has_same_readers(answer_record: Record, idea: Record) -> bool:
    """Whether everyone who may read the idea may read the other record too."""
    return answer_record.label in {"TLP:CLEAR", idea.label}


def notify_idea_withdrawn(activity: Activity) -> Iterator[NotificationEmail]:
    """Notify the people behind a withdrawn idea, without quoting it. Safeguarding withdrawals notify nobody."""
    idea = Idea.objects.select_related("coalition").filter(pk=activity.object_id, state=State.WITHDRAWN).first()
    if idea is None or idea.published_at is None:
        return
    path = reverse("meetings:idea_list", args=[idea.coalition.slug])
    yield NotificationEmail(
        coalition=idea.coalition,
        people=find_authors_and_supporters(idea),
        topic=EmailTopic.CONCERNS,
        write=defer_email_rendering("meetings/email/idea_withdrawn.txt", path, idea=idea),
        but=get_actor_ids(activity),
    )


def notify_merge_requested(activity: Activity) -> Iterator[NotificationEmail]:
    """To those who can decide."""
    request = _find_merge_request(activity)
    if request is None or request.closed_at is not None:
        return
    coalition = request.idea.coalition
    authors = [row.person for each in (request.idea, request.into) for row in each.authorships.select_related("person")]
    asked = {person.pk: person for person in (*find_coalition_coordinators(coalition), *authors)}.values()
    yield NotificationEmail(
        coalition=coalition,
        people=[person for person in asked if can_decide_merge(ViewerContext(person), request)],
        topic=EmailTopic.CONCERNS,
        write=defer_email_rendering(
            "meetings/email/merge_requested.txt", request.idea.get_absolute_url(), request=request
        ),
        record=request.idea,
        but=get_actor_ids(activity),
    )


def notify_merge_declined(activity: Activity) -> Iterator[NotificationEmail]:
    """To whoever asked."""
    request = _find_merge_request(activity)
    if request is not None:
        yield NotificationEmail(
            coalition=request.idea.coalition,
            people=[request.person],
            topic=EmailTopic.CONCERNS,
            write=defer_email_rendering(
                "meetings/email/merge_declined.txt", request.idea.get_absolute_url(), request=request
            ),
            record=request.idea,
            but=get_actor_ids(activity),
        )


def _find_merge_request(activity: Activity) -> MergeRequest | None:
    published = {"idea__state": State.PUBLISHED, "into__state": State.PUBLISHED}
    rows = MergeRequest.objects.select_related("idea__coalition", "into", "person")
    return rows.filter(pk=activity.object_id, **published).first()
