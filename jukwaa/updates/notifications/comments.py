"""News of comments."""

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Activity
from jukwaa.coalitions.names import shown
from jukwaa.coalitions.standing import Standing
from jukwaa.records.models import Comment
from jukwaa.updates.letters import News, Text
from jukwaa.updates.models import Topic


def _actor(activity: Activity) -> frozenset[int]:
    return frozenset({activity.actor_id} if activity.actor_id else ())


def commented(activity: Activity) -> Iterator[News]:
    """To those who wrote the record, and those who talked about it before: with the name that each of them may read."""
    comments = Comment.objects.select_related("record__coalition", "capacity__person")
    comment = comments.filter(pk=activity.object_id, hidden_at__isnull=True).first()
    if comment is None:
        return
    record = comment.record
    readers: dict[str, list[Person]] = {}
    for person in _who_listens(comment):
        readers.setdefault(shown(comment.capacity, Standing(person, record.coalition)), []).append(person)
    for who, people in readers.items():
        yield News(
            coalition=record.coalition,
            people=people,
            topic=Topic.COMMENTS,
            write=partial(_comment, comment, who),
            record=record,
            may_answer=True,
            but=_actor(activity),
        )


def _who_listens(comment: Comment) -> set[Person]:
    authors = comment.record.authorships.select_related("person")
    earlier = comment.record.comments.filter(at__lt=comment.at).select_related("author")
    return {row.person for row in authors} | {row.author for row in earlier}


def _comment(comment: Comment, who: str) -> Text:
    names = {"who": who, "title": comment.record.title}
    return Text(
        _("%(who)s on “%(title)s”") % names,
        (_("%(who)s commented on “%(title)s”:") % names, comment.body),
        f"{comment.record.get_absolute_url()}#comment-{comment.pk}",
    )
