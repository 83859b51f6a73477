"""Sharing by mail: what a member sends, with its files, waits on the web as a draft that they complete."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.models import Person
from jukwaa.accounts.rate_limits import RateLimit, TooManyAttemptsError, count_attempt
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.documents.incoming import FileRefused
from jukwaa.core.documents.text_cleaning import clean_text
from jukwaa.library.actions import share_item
from jukwaa.library.forms.items import MAX_TEXT_LENGTH
from jukwaa.library.models import Item
from jukwaa.library.policies import can_share_item
from jukwaa.library.schema import ItemKind, kinds
from jukwaa.records.actions import InspectedFile, attach_inspected_file
from jukwaa.updates.incoming.addresses import AddressHandler, address_handler_registry
from jukwaa.updates.incoming.attachments import split_inspected_files
from jukwaa.updates.incoming.automatic_replies import (
    EXPLANATION_RATE_LIMIT,
    override_sender_language,
    send_automatic_answer,
)
from jukwaa.updates.incoming.inbound_email import InboundEmail
from jukwaa.updates.incoming.sender_trust import is_trusted_sender
from jukwaa.updates.notification_emails import get_default_email_capacity

EMAIL_SHARE_RATE = RateLimit("mail-shared", 20, timedelta(days=1))
MAX_TITLE_LENGTH = 250


def create_draft_from_mail(inbound_email: InboundEmail, coalition: Coalition) -> None:
    """Nobody but its author sees the draft, and nothing of the mail stands in the answer: From may be forged."""
    person = Person.objects.with_address(inbound_email.sender).first()
    with override_sender_language(inbound_email, coalition.language):
        if person is None or not _is_allowed_to_share(inbound_email, person, coalition):
            _reply_with_refusal(inbound_email, coalition, refusal_reason="sender")
            return
        kept, refused = split_inspected_files(inbound_email)
        if len(inbound_email.text) > MAX_TEXT_LENGTH or not (inbound_email.text or kept):
            _reply_with_refusal(inbound_email, coalition, refusal_reason="long" if inbound_email.text else "empty")
        elif _is_rate_limit_exceeded(inbound_email):
            _reply_with_refusal(inbound_email, coalition, refusal_reason="often", rate_limit=EXPLANATION_RATE_LIMIT)
        else:
            item = _create_item_from_email(inbound_email, coalition, person, kept)
            more = list(_attach_email_files(item, person, kept))
            _reply_with_draft(
                inbound_email,
                item,
                refused_files=[why for _name, why in refused] + more,
                has_only_refused_files=not kept,
            )


def _is_allowed_to_share(inbound_email: InboundEmail, person: Person, coalition: Coalition) -> bool:
    """Whoever is under 18 shares on the web, as they also answer there."""
    return (
        can_share_item(ViewerContext(person), coalition)
        and not person.is_minor
        and is_trusted_sender(inbound_email, inbound_email.sender)
    )


def _create_item_from_email(
    inbound_email: InboundEmail, coalition: Coalition, person: Person, files: Sequence[InspectedFile]
) -> Item:
    """Of the kind that its subject begins with, else of the first: its author can choose another on the page."""
    kind, title = _parse_item_kind(clean_text(inbound_email.subject)[0])
    return share_item(
        actor=person,
        coalition=coalition,
        kind=kind.name,
        title=title[:MAX_TITLE_LENGTH] or (files[0].name if files else _("Shared by email"))[:MAX_TITLE_LENGTH],
        organisation=get_default_email_capacity(person, coalition).organisation,
        language=inbound_email.language or coalition.language,
        what_worked=clean_text(inbound_email.text)[0],
        token=_build_email_token(inbound_email),
    )


def _parse_item_kind(email_subject: str) -> tuple[ItemKind, str]:
    """`Observation: fees for removal`, a kind and what comes after it."""
    named, colon, rest = email_subject.partition(":")
    word = named.strip().casefold()
    for kind in kinds():
        if colon and word in {name.casefold() for name in (*kind.said.values(), *kind.by_mail)}:
            return kind, rest.strip()
    return kinds()[0], email_subject


def _attach_email_files(item: Item, person: Person, files: Sequence[InspectedFile]) -> Iterator[str]:
    """Hangs the files on the draft; gives the sentence about each that this kind of item does not take."""
    for file in files:
        try:
            with transaction.atomic():
                attach_inspected_file(actor=person, record=item, file=file)
        except FileRefused as refused:
            yield str(refused.message)


def _build_email_token(inbound_email: InboundEmail) -> uuid.UUID:
    """The same mail is the same draft, however often it comes."""
    identity = inbound_email.message_id.encode() or inbound_email.raw
    return uuid.UUID(hashlib.sha256(f"share {inbound_email.sender} ".encode() + identity).hexdigest()[:32])


def _is_rate_limit_exceeded(inbound_email: InboundEmail) -> bool:
    """Whoever forges From shall not fill somebody's list of drafts."""
    try:
        count_attempt(EMAIL_SHARE_RATE, inbound_email.sender)
    except TooManyAttemptsError:
        return True
    return False


def _reply_with_draft(
    inbound_email: InboundEmail, item: Item, *, refused_files: Sequence[str], has_only_refused_files: bool
) -> None:
    send_automatic_answer(
        inbound_email,
        to_address=inbound_email.sender,
        subject=_("Please complete your draft"),
        template="library/email/shared.txt",
        coalition=item.coalition,
        page=reverse("library:item_edit", args=[item.coalition.slug, item.pk]),
        kind=item.item_kind.label,
        owed=item.owed,
        needs_review=item.item_kind.needs_review,
        refused=refused_files,
        is_without_files=has_only_refused_files,
    )


def _reply_with_refusal(
    inbound_email: InboundEmail, coalition: Coalition, *, refusal_reason: str, rate_limit: RateLimit | None = None
) -> None:
    send_automatic_answer(
        inbound_email,
        to_address=inbound_email.sender,
        subject=_("Your email was not saved"),
        template="library/email/not_shared.txt",
        coalition=coalition,
        why=refusal_reason,
        longest=MAX_TEXT_LENGTH,
        **({"rate": rate_limit} if rate_limit else {}),
    )


def _should_keep_files(inbound_email: InboundEmail) -> bool:
    return (
        is_trusted_sender(inbound_email, inbound_email.sender)
        and Person.objects.with_address(inbound_email.sender).exists()
    )


address_handler_registry.register("share")(
    AddressHandler(
        take=create_draft_from_mail, explanation="library/email/explained_share.txt", keeps_files=_should_keep_files
    )
)
