"""News of comments."""

from collections.abc import Iterator
from functools import partial

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.records.discussion import describe_comments
from jukwaa.records.models import Comment
from jukwaa.updates.models import Topic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, render_email
from jukwaa.updates.recipients import get_actor_ids, group_by_visible_name
from jukwaa.updates.registries import notifications


@notifications.register(("comment", "commented"))
def notify_commented(activity: Activity) -> Iterator[NotificationEmail]:
    """To those who wrote the record, and those who talked about it before: with the name that each of them may read."""
    comments = Comment.objects.select_related("record__coalition", "capacity__person")
    comment = comments.filter(pk=activity.object_id, hidden_at__isnull=True).first()
    if comment is None:
        return
    record = comment.record
    readers = group_by_visible_name(comment.capacity, _find_participants(comment), record.coalition)
    for who, people in readers.items():
        yield NotificationEmail(
            coalition=record.coalition,
            people=people,
            topic=Topic.COMMENTS,
            write=partial(_render_comment_email, comment, who),
            record=record,
            may_answer=True,
            but=get_actor_ids(activity),
        )


def _find_participants(comment: Comment) -> set[Person]:
    authors = comment.record.authorships.select_related("person")
    earlier = comment.record.comments.filter(at__lt=comment.at).select_related("author")
    return {row.person for row in authors} | {row.author for row in earlier}


def _render_comment_email(comment: Comment, who: str) -> EmailText:
    path = f"{comment.record.get_absolute_url()}#comment-{comment.pk}"
    part = describe_comments(comment.record, [comment]).get(comment.pk, "")
    title = comment.record.title
    return render_email("updates/email/comment.txt", path, who=who, title=title, part=part, comment=comment)
