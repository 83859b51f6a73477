"""What the talk under a record is drawn from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.minors import has_public_consent
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Role
from jukwaa.coalitions.standing import Standing
from jukwaa.core.diff import compare_words, render_changes
from jukwaa.records.kinds import get_record_kind
from jukwaa.records.models import Audience, Comment, Label, Record

type Text = str | Promise

MAX_COMMENTS_SHOWN = 100  # comments on the record's own page; the page of the talk has all of them

# Who will read it, beside the button.
READERS_SENTENCE_BY_LABEL = {
    Label.CLEAR: _("Everyone will read this, members or not."),
    Label.GREEN: _("Members of the coalition will read this, including future members."),
    Label.AMBER: _("People in the organisations named in this record will read this."),
    Label.STRICT: _("People in the author's organisation will read this."),
    Label.RED: _("The people named in this record will read this."),
}


def describe_commented_parts(record: Record, comments: Collection[Comment]) -> Mapping[int, str]:
    """Return which part of the record comments are about, by their numbers; nothing of those about the whole of it."""
    describe = get_record_kind(record.kind).describe_comments
    return describe(record, comments) if describe and comments else {}


def build_comment_threads(comments: Iterable[Comment]) -> list[Comment]:
    """Return the comments that start a thread, each with its replies as `thread`, in the order given.

    A reply to a comment that is not among them, such as one on an earlier page, stands by itself.
    """
    known = {comment.pk: comment for comment in comments}
    starts = [comment for comment in known.values() if comment.reply_to_id not in known]
    for comment in starts:
        comment.thread = [each for each in known.values() if each.reply_to_id == comment.pk]
    return starts


def describe_record_readers(record: Record, viewer_standing: Standing) -> Text:
    """Return who will read what this viewer says about the record."""
    author = viewer_standing.viewer
    if record.label == Label.CLEAR and isinstance(author, Person) and not has_public_consent(author):
        return _("Members of the coalition will read this. Everyone else will too, once your adult contact agrees.")
    if record.label == Label.RED and _are_readers_coordinators(record):
        return _("Only the coordinators and the author of this record will read this.")
    return READERS_SENTENCE_BY_LABEL[Label(record.label)]


def _are_readers_coordinators(record: Record) -> bool:
    """Whether it was kept to the coordinators, as imported documents are: nobody who reads it was named one by one."""
    coordinators = Role.objects.in_force().filter(coalition=record.coalition_id, kind=Role.Kind.COORDINATOR)
    is_coordinator = Exists(coordinators.filter(person=OuterRef("person")))
    readers = Audience.objects.filter(record=record.pk).values_list(is_coordinator, flat=True)
    return bool(readers) and all(readers)


@dataclass(frozen=True, slots=True)
class CommentRevision:
    """A version of a comment, with what was changed in the one before it."""

    number: int
    at: datetime
    html: SafeString


def are_hidden_comments_shown(viewer_standing: Standing) -> bool:
    return viewer_standing.is_coordinator or viewer_standing.is_safeguarding_lead


def build_comment_revisions(comment: Comment) -> list[CommentRevision]:
    """All versions, the newest first, each with its changes marked."""
    kept = [(version.number, version.at, version.body) for version in comment.versions.all()]
    told = [*kept, (comment.version, comment.edited_at or comment.at, comment.body)]
    before = [told[0][2], *(body for _number, _at, body in told)]
    said = [
        CommentRevision(number, at, render_changes(compare_words(earlier, body)))
        for (number, at, body), earlier in zip(told, before, strict=False)
    ]
    return said[::-1]
