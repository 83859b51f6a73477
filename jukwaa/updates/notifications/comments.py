"""News of comments."""

from collections.abc import Iterator
from functools import partial

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.records.models import Comment
from jukwaa.records.talk import describe_comments
from jukwaa.updates.letters import News, Text, render_email
from jukwaa.updates.models import Topic
from jukwaa.updates.recipients import actor_of, by_name_shown
from jukwaa.updates.registries import notifications


@notifications.register(("comment", "commented"))
def commented(activity: Activity) -> Iterator[News]:
    """To those who wrote the record, and those who talked about it before: with the name that each of them may read."""
    comments = Comment.objects.select_related("record__coalition", "capacity__person")
    comment = comments.filter(pk=activity.object_id, hidden_at__isnull=True).first()
    if comment is None:
        return
    record = comment.record
    readers = by_name_shown(comment.capacity, _who_listens(comment), record.coalition)
    for who, people in readers.items():
        yield News(
            coalition=record.coalition,
            people=people,
            topic=Topic.COMMENTS,
            write=partial(_comment, comment, who),
            record=record,
            may_answer=True,
            but=actor_of(activity),
        )


def _who_listens(comment: Comment) -> set[Person]:
    authors = comment.record.authorships.select_related("person")
    earlier = comment.record.comments.filter(at__lt=comment.at).select_related("author")
    return {row.person for row in authors} | {row.author for row in earlier}


def _comment(comment: Comment, who: str) -> Text:
    path = f"{comment.record.get_absolute_url()}#comment-{comment.pk}"
    part = describe_comments(comment.record, [comment]).get(comment.pk, "")
    title = comment.record.title
    return render_email("updates/email/comment.txt", path, who=who, title=title, part=part, comment=comment)
