"""Write a notice; write it again when what it says about the software has changed."""

import hashlib
import json
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone, translation

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.refusals import EditConflict
from jukwaa.core.transactions import lock_row
from jukwaa.privacy import policies
from jukwaa.privacy.models import Notice, NoticeVersion
from jukwaa.privacy.notices import build_notice_text, hash_notice_facts

EDITABLE_NOTICE_FIELDS = ("responsible", "contact", "officer", "authority", "extra")


def hash_notice_fields(notice: Notice | None) -> str:
    """Return what tells which words an editor had before them."""
    if notice is None:
        return ""
    return hashlib.sha256(json.dumps([getattr(notice, name) for name in EDITABLE_NOTICE_FIELDS]).encode()).hexdigest()


@action
def save_privacy_notice(
    *,
    actor: Person,
    coalition: Coalition,
    notice_kind: Notice.Kind,
    language: str,
    fields: dict[str, str],
    seen_fingerprint: str | None = None,
) -> Notice:
    """Publish what the coordinators wrote as a new version, unless nothing has changed.

    `seen_fingerprint` is the digest of the words that they changed; without it, it doesn't matter what stood there.
    Raises PermissionDenied and EditConflict.
    """
    if not policies.can_edit_notices(ViewerContext(actor), coalition):
        raise PermissionDenied
    values = {name: fields.get(name, "") for name in EDITABLE_NOTICE_FIELDS}
    key = {"coalition": coalition, "kind": notice_kind, "language": language}
    notice, is_new = Notice.objects.get_or_create(**key, defaults=values)
    if not is_new:
        notice = lock_row(notice)
        if seen_fingerprint is not None and seen_fingerprint != hash_notice_fields(notice):
            raise EditConflict(notice)
        for name, value in values.items():
            setattr(notice, name, value)
        notice.save(update_fields=EDITABLE_NOTICE_FIELDS)
    notice.coalition = coalition
    _publish_notice_version(notice, published_by=actor)
    return notice


@action
def refresh_privacy_notice(*, notice: Notice) -> NoticeVersion | None:
    """For the clock: a new version if the generated part has changed. Harmless to repeat."""
    return _publish_notice_version(lock_row(notice), published_by=None)


def refresh_all_notices(now: datetime) -> None:  # noqa: ARG001 - as the clock calls its jobs
    for notice in Notice.objects.select_related("coalition").order_by("pk"):
        refresh_privacy_notice(notice=notice)


def _publish_notice_version(notice: Notice, *, published_by: Person | None) -> NoticeVersion | None:
    """Members are told of it only if what is done with data has changed, and not the words alone."""
    with translation.override(notice.language):
        text, facts = build_notice_text(notice), hash_notice_facts(notice)
    last = notice.versions.first()
    if last is not None and last.text == text:
        return None
    version = NoticeVersion.objects.create(notice=notice, text=text, facts=facts, at=timezone.now(), by=published_by)
    verb = "reworded" if last is not None and last.facts == facts else "published"
    record_activity(actor=published_by, verb=verb, subject=version, coalition=notice.coalition)
    return version
