"""What the talk under a record is drawn from."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.minors import may_be_public
from jukwaa.accounts.models import Person
from jukwaa.coalitions.standing import Standing
from jukwaa.core.diff import diff_html, word_diff
from jukwaa.records.kinds import kind_of
from jukwaa.records.models import Comment, Label, Record

type Words = str | Promise

MOST = 100  # comments on the record's own page; the page of the talk has all of them

# Who will read it, beside the button.
READ_BY = {
    Label.CLEAR: _("Everyone will read this, members or not."),
    Label.GREEN: _("Members of the coalition will read this, including future members."),
    Label.AMBER: _("People in the organisations that this record names will read this."),
    Label.STRICT: _("People in the author's organisation will read this."),
    Label.RED: _("The people whom this record names will read this."),
}


def describe_comments(record: Record, comments: Collection[Comment]) -> Mapping[int, str]:
    """Return which part of the record comments are about, by their numbers; nothing of those about the whole of it."""
    describe = kind_of(record.kind).describe_comments
    return describe(record, comments) if describe and comments else {}


def read_by(record: Record, standing: Standing) -> Words:
    """Return who will read what this viewer says about the record."""
    author = standing.viewer
    if record.label == Label.CLEAR and isinstance(author, Person) and not may_be_public(author):
        return _("Members of the coalition will read this. Everyone else will too, once your adult contact agrees.")
    return READ_BY[Label(record.label)]


@dataclass(frozen=True, slots=True)
class Said:
    """A version of a comment, with what was changed in the one before it."""

    number: int
    at: datetime
    html: SafeString


def may_read_hidden(standing: Standing) -> bool:
    return standing.is_coordinator or standing.is_safeguarding_lead


def with_diffs(comment: Comment) -> list[Said]:
    """All versions, the newest first, each with its changes marked."""
    kept = [(version.number, version.at, version.body) for version in comment.versions.all()]
    told = [*kept, (comment.version, comment.edited_at or comment.at, comment.body)]
    before = [told[0][2], *(body for _number, _at, body in told)]
    said = [
        Said(number, at, diff_html(word_diff(earlier, body)))
        for (number, at, body), earlier in zip(told, before, strict=False)
    ]
    return said[::-1]
