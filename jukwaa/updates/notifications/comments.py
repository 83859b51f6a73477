"""News of comments."""

from collections.abc import Iterator
from functools import partial

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.records.discussion import describe_commented_parts
from jukwaa.records.mentions import find_mentioned_people
from jukwaa.records.models import Comment
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_email
from jukwaa.updates.recipients import get_actor_ids, group_people_by_visible_name
from jukwaa.updates.registries import notifications


@notifications.register(("comment", "commented"))
def notify_comment_added(activity: Activity) -> Iterator[NotificationEmail]:
    """To those who wrote the record or commented on it, and those whom the comment answers or mentions.

    Each gets one email, with the name that they may read.
    """
    comments = Comment.objects.select_related("record__coalition", "author", "capacity__person", "reply_to__author")
    comment = comments.filter(pk=activity.object_id, hidden_at__isnull=True).first()
    if comment is None:
        return
    record = comment.record
    for template, concerned in _find_comment_readers(comment).items():
        readers = group_people_by_visible_name(comment.capacity, concerned, record.coalition)
        for who, people in readers.items():
            yield NotificationEmail(
                coalition=record.coalition,
                people=people,
                topic=EmailTopic.COMMENTS,
                write=partial(_render_comment_email, template, comment, who),
                record=record,
                may_answer=True,
                but=get_actor_ids(activity),
            )


def _find_comment_readers(comment: Comment) -> dict[str, list[Person]]:
    """Return who gets which email: a mention counts most, then a reply."""
    mentioned = find_mentioned_people(comment)
    answered = comment.reply_to.author if comment.reply_to else None
    others = {person.pk: person for person in _find_comment_participants(comment)}
    replied = {answered.pk: answered} if answered and answered.pk not in mentioned else {}
    rest = [person for pk, person in others.items() if pk not in mentioned | replied]
    return {
        "updates/email/mention.txt": list(mentioned.values()),
        "updates/email/reply_to_comment.txt": list(replied.values()),
        "updates/email/comment.txt": rest,
    }


def _find_comment_participants(comment: Comment) -> set[Person]:
    authors = comment.record.authorships.select_related("person")
    earlier = comment.record.comments.filter(at__lt=comment.at).select_related("author")
    return {row.person for row in authors} | {row.author for row in earlier}


def _render_comment_email(template: str, comment: Comment, recipient_role: str) -> EmailText:
    path = f"{comment.record.get_absolute_url()}#comment-{comment.pk}"
    part = describe_commented_parts(comment.record, [comment]).get(comment.pk, "")
    title = comment.record.title
    return render_email(template, path, who=recipient_role, title=title, part=part, comment=comment)
