"""Keeping aside what must go no further: called at every door, before anything of it is stored anywhere else."""

import hashlib
import re
import secrets
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.models import Coalition, Role
from jukwaa.core.safeguards import looks_like_abuse_material, looks_like_disclosure
from jukwaa.core.uploads import clean_filename
from jukwaa.records.models import Held

_PARAGRAPH_BREAK_PATTERN = re.compile(r"(?:\r?\n[ \t]*){2,}")  # browsers end lines with two characters
MAX_COMPARED_HELD_ITEMS = 100  # of those that wait or were found harmless, the latest: there are few


def get_quarantine_reason(text: str, name: str = "", file_data: bytes = b"") -> Held.Why | None:
    """Why this must go to the safeguarding lead alone; None for nearly everything.

    Paragraphs are looked at one by one as well: an offer of material is short, and would pass beside a long text.
    """
    if looks_like_abuse_material(name, file_data) or any(
        looks_like_abuse_material("", part) for part in chain([text], _iter_paragraphs(text))
    ):
        return Held.Why.MATERIAL
    return (
        Held.Why.DISCLOSURE
        if looks_like_disclosure(text) or looks_like_disclosure(_get_file_name_words(name))
        else None
    )


def _iter_paragraphs(text: str) -> Iterator[str]:
    """One at a time: a long text has hundreds of thousands."""
    start = 0
    for paragraph_break in _PARAGRAPH_BREAK_PATTERN.finditer(text):
        yield text[start : paragraph_break.start()]
        start = paragraph_break.end()
    yield text[start:]


def _get_file_name_words(file_name: str) -> str:
    """The words of a file name, without its ending."""
    return PurePath(file_name).stem.replace("_", " ").replace("-", " ")


def quarantine_if_suspect(
    *,
    coalition: Coalition,
    door: Held.Door,
    text: str = "",
    file_name: str = "",
    data: bytes = b"",
    stored_name: str = "",
    person: Person | None = None,
    address: str = "",
    quarantine_reason: Held.Why | None = None,
) -> Held | None:
    """Keep aside what may be a disclosure or abuse material; the caller then stores, shows and sends nothing of it.

    `quarantine_reason` is for callers that know the reason already. What the safeguarding lead found harmless passes
    when it is brought again.
    """
    quarantine_reason = quarantine_reason or get_quarantine_reason(text, file_name, data)
    if quarantine_reason is None or _find_same_content(
        Held.objects.filter(coalition=coalition, state=Held.State.RELEASED), text, data
    ):
        return None
    if there := _find_same_content(Held.objects.waiting().filter(coalition=coalition), text, data):
        return there
    return quarantine_submitted_content(
        coalition=coalition,
        submission_door=door,
        quarantine_reason=quarantine_reason,
        text=text,
        file_name=file_name,
        file_data=data,
        stored_name=stored_name,
        person=person,
        address=address,
    )


@action
def quarantine_submitted_content(
    *,
    coalition: Coalition,
    submission_door: Held.Door,
    quarantine_reason: Held.Why,
    text: str = "",
    file_name: str = "",
    file_data: bytes = b"",
    stored_name: str = "",
    person: Person | None = None,
    address: str = "",
) -> Held:
    """`stored_name` names a file that lies in the storage already.

    The activity does not say who brought it: they may be at risk.
    """
    salt = secrets.token_hex(16)
    held = Held(
        coalition=coalition, door=submission_door, why=quarantine_reason, text=text.replace("\0", ""), salt=salt
    )
    held.person, held.address, held.digest = person, address, compute_content_digest(text, file_data, salt)
    if file_data or stored_name:
        held.file_name = clean_filename(file_name)
        held.file.name = stored_name
        if not stored_name:
            held.file.save("file", ContentFile(file_data), save=False)
    held.save()
    record_activity(
        actor=None,
        verb="held" if has_safeguarding_lead(coalition) else "held-without-lead",
        subject=held,
        coalition=coalition,
    )
    return held


def find_safeguarding_leads(coalition: Coalition) -> models.QuerySet[Role]:
    return Role.objects.in_force().filter(coalition=coalition, kind=Role.Kind.SAFEGUARDING_LEAD)


def has_safeguarding_lead(coalition: Coalition) -> bool:
    """Where nobody holds the role, coordinators are told that it is vacant; what is held stays closed to them."""
    return find_safeguarding_leads(coalition).exists()


def has_held_items_without_lead(coalition: Coalition) -> bool:
    """Something is held, and there is nobody who may look at it."""
    return Held.objects.waiting().filter(coalition=coalition).exists() and not has_safeguarding_lead(coalition)


def compute_content_digest(text: str, file_data: bytes, digest_salt: str) -> str:
    digest = hashlib.blake2b(key=digest_salt.encode(), digest_size=32)
    digest.update(hashlib.sha256(text.encode(errors="replace")).digest())
    digest.update(file_data)
    return digest.hexdigest()


def set_held_decision(held: Held, held_state: Held.State, decided_by: Person) -> Held:
    """Note who decided what about it; the caller saves."""
    held.state, held.decided_by, held.decided_at = held_state, decided_by, timezone.now()
    return held


def _find_same_content(held_items: models.QuerySet[Held], text: str, file_data: bytes) -> Held | None:
    latest = held_items.only("digest", "salt", "state")[:MAX_COMPARED_HELD_ITEMS]
    return next((held for held in latest if held.digest == compute_content_digest(text, file_data, held.salt)), None)
