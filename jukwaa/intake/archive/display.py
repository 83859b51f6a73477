"""Posts of the mailing list as a viewer can read them: who sent them, and without addresses and phone numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from jukwaa.coalitions.display_names import get_display_name, get_public_name
from jukwaa.coalitions.standing import Standing
from jukwaa.mail.masking import mask_contact_details
from jukwaa.mail.reply_splitting import split_quoted_and_own_text
from jukwaa.records.redaction import NameRedactor
from jukwaa.updates.email_erasure import SIGNATURE_BLOCK_PATTERN
from jukwaa.updates.models import ListPost

MIN_REDACTED_NAME_LENGTH = 3  # characters of a name that is removed from texts


@dataclass(frozen=True)
class ShownPost:
    """One post on the page of its thread. `parts` are stretches of its text; those that are quoted are folded."""

    post: ListPost
    subject: str
    sender: str
    day: date | None
    parts: Sequence[tuple[bool, str]]


@dataclass(frozen=True)
class ShownThread:
    """One line of the list: the post that began the thread, and when the last one came."""

    pk: int
    subject: str
    sender: str
    posts: int
    last: date | None

    @property
    def month(self) -> date | None:
        return self.last.replace(day=1) if self.last else None


def remove_contact_details(text: str) -> str:
    return mask_contact_details(text, _("[address removed]"), _("[phone number removed]"))


def get_post_day(list_post: ListPost) -> date | None:
    return timezone.localtime(list_post.posted_at).date() if list_post.is_dated else None


def get_sender_name(list_post: ListPost, viewer_standing: Standing) -> str:
    """Return who sent a post: by the rule of public names who is in the directory, to members the others as they wrote.

    The public reads the name of nobody who is not in the directory.
    """
    if list_post.person is not None:
        return get_public_name(list_post.person, viewer_standing) or capfirst(
            get_display_name(list_post.person, viewer_standing)
        )
    if list_post.sender and viewer_standing.is_coordinator:
        return list_post.sender
    if list_post.sender and viewer_standing.is_inside:
        return remove_contact_details(list_post.sender)
    return _("A participant")


def get_shown_subject(list_post: ListPost, viewer_standing: Standing, name_redactor: NameRedactor | None = None) -> str:
    subject = list_post.subject if viewer_standing.is_coordinator else remove_contact_details(list_post.subject)
    return (name_redactor.redact_names(subject) if name_redactor else subject) or _("No subject")


def build_shown_posts(
    list_posts: Sequence[ListPost], viewer_standing: Standing, surrounding_posts: Iterable[ListPost] = ()
) -> list[ShownPost]:
    """Coordinators read posts as they came. For all others addresses and phone numbers are removed.

    For those who may not read the name of a sender, the name and the signature are removed from the texts as well.
    The names of those who sent the posts `surrounding_posts` these are removed too.
    """
    redactor = build_sender_name_redactor([*list_posts, *surrounding_posts], viewer_standing)
    return [_build_shown_post(post, viewer_standing, redactor) for post in list_posts]


def build_sender_name_redactor(list_posts: Iterable[ListPost], viewer_standing: Standing) -> NameRedactor:
    """Find the senders of these posts in their texts, where the viewer may not read who they are."""
    names = {
        name
        for post in list_posts
        if _is_sender_name_hidden(post, viewer_standing)
        for name in _iter_post_sender_names(post)
    }
    return NameRedactor((name for name in names if len(name) >= MIN_REDACTED_NAME_LENGTH), _("[name removed]"))


def _iter_post_sender_names(list_post: ListPost) -> Iterable[str]:
    return filter(None, (list_post.sender, list_post.person.name if list_post.person else ""))


def _is_sender_name_hidden(list_post: ListPost, viewer_standing: Standing) -> bool:
    if list_post.person is not None:
        return not get_public_name(list_post.person, viewer_standing)
    return not viewer_standing.is_inside


def _build_shown_post(list_post: ListPost, viewer_standing: Standing, name_redactor: NameRedactor) -> ShownPost:
    body = list_post.body
    if _is_sender_name_hidden(list_post, viewer_standing):
        body = SIGNATURE_BLOCK_PATTERN.sub(lambda _found: _("[signature removed]"), body)
    if not viewer_standing.is_coordinator:
        body = remove_contact_details(body)
    body = name_redactor.redact_names(body)
    return ShownPost(
        post=list_post,
        subject=get_shown_subject(list_post, viewer_standing, name_redactor),
        sender=get_sender_name(list_post, viewer_standing),
        day=get_post_day(list_post),
        parts=split_quoted_and_own_text(body),
    )
