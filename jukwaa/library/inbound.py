"""Sharing by mail: what a member sends, with its files, waits on the web as a draft that they complete."""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from jukwaa.accounts.limits import Rate, TooManyTries, count
from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.coalitions.standing import ViewerContext
from jukwaa.core.documents.clean import clean_text
from jukwaa.core.documents.incoming import FileRefused
from jukwaa.library.actions import share_item
from jukwaa.library.forms.sharing import LONGEST
from jukwaa.library.models import Item
from jukwaa.library.policies import can_share
from jukwaa.library.schema import ItemKind, kinds
from jukwaa.records.actions import InspectedFile, attach_inspected
from jukwaa.updates.incoming.addresses import AddressHandler, address_handlers
from jukwaa.updates.incoming.answers import EXPLAINED, answer, in_language_of
from jukwaa.updates.incoming.attached import inspected
from jukwaa.updates.incoming.came import Came
from jukwaa.updates.incoming.trust import is_trusted
from jukwaa.updates.letters import capacity_by_mail

SHARED = Rate("mail-shared", 20, timedelta(days=1))
LONGEST_TITLE = 250


def take_shared(came: Came, coalition: Coalition) -> None:
    """Nobody but its author sees the draft, and nothing of the mail stands in the answer: From may be forged."""
    person = Person.objects.with_address(came.sender).first()
    with in_language_of(came, coalition.language):
        if person is None or not _may_share(came, person, coalition):
            _explain(came, coalition, why="sender")
            return
        kept, refused = inspected(came)
        if len(came.text) > LONGEST or not (came.text or kept):
            _explain(came, coalition, why="long" if came.text else "empty")
        elif _is_too_much(came):
            _explain(came, coalition, why="often", rate=EXPLAINED)
        else:
            item = _share(came, coalition, person, kept)
            more = list(_attached(item, person, kept))
            _say_where(came, item, refused=[why for _name, why in refused] + more, is_without_files=not kept)


def _may_share(came: Came, person: Person, coalition: Coalition) -> bool:
    """Whoever is under 18 shares on the web, as they also answer there."""
    return can_share(ViewerContext(person), coalition) and not person.is_minor and is_trusted(came, came.sender)


def _share(came: Came, coalition: Coalition, person: Person, files: Sequence[InspectedFile]) -> Item:
    """Of the kind that its subject begins with, else of the first: its author can choose another on the page."""
    kind, title = _kind_in(clean_text(came.subject)[0])
    return share_item(
        actor=person,
        coalition=coalition,
        kind=kind.name,
        title=title[:LONGEST_TITLE] or (files[0].name if files else _("Shared by email"))[:LONGEST_TITLE],
        organisation=capacity_by_mail(person, coalition).organisation,
        language=came.language or coalition.language,
        what_worked=clean_text(came.text)[0],
        token=_token(came),
    )


def _kind_in(subject: str) -> tuple[ItemKind, str]:
    """`Observation: fees for removal`, a kind and what comes after it."""
    named, colon, rest = subject.partition(":")
    word = named.strip().casefold()
    for kind in kinds():
        if colon and word in {name.casefold() for name in (*kind.said.values(), *kind.by_mail)}:
            return kind, rest.strip()
    return kinds()[0], subject


def _attached(item: Item, person: Person, files: Sequence[InspectedFile]) -> Iterator[str]:
    """Hangs the files on the draft; gives the sentence about each that this kind of item does not take."""
    for file in files:
        try:
            with transaction.atomic():
                attach_inspected(actor=person, record=item, file=file)
        except FileRefused as refused:
            yield str(refused.message)


def _token(came: Came) -> uuid.UUID:
    """The same mail is the same draft, however often it comes."""
    identity = came.message_id.encode() or came.raw
    return uuid.UUID(hashlib.sha256(f"share {came.sender} ".encode() + identity).hexdigest()[:32])


def _is_too_much(came: Came) -> bool:
    """Whoever forges From shall not fill somebody's list of drafts."""
    try:
        count(SHARED, came.sender)
    except TooManyTries:
        return True
    return False


def _say_where(came: Came, item: Item, *, refused: Sequence[str], is_without_files: bool) -> None:
    answer(
        came,
        to=came.sender,
        subject=_("Please complete your draft"),
        template="library/email/shared.txt",
        coalition=item.coalition,
        page=reverse("library:item_edit", args=[item.coalition.slug, item.pk]),
        kind=item.item_kind.label,
        owed=item.owed,
        needs_review=item.item_kind.needs_review,
        refused=refused,
        is_without_files=is_without_files,
    )


def _explain(came: Came, coalition: Coalition, *, why: str, rate: Rate | None = None) -> None:
    answer(
        came,
        to=came.sender,
        subject=_("Your email was not saved"),
        template="library/email/not_shared.txt",
        coalition=coalition,
        why=why,
        longest=LONGEST,
        **({"rate": rate} if rate else {}),
    )


def _keeps_files(came: Came) -> bool:
    return is_trusted(came, came.sender) and Person.objects.with_address(came.sender).exists()


address_handlers.register("share")(
    AddressHandler(take=take_shared, explanation="library/email/explained_share.txt", keeps_files=_keeps_files)
)
