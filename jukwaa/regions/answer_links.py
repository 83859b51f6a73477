"""The link in a letter: short, so that no mail program cuts it in two, and no row of ours gives it away.

It is made with the server's key from a number that its prospect alone has, so that the reminder holds the same one.
What is kept of it is a digest; and, sealed with the link itself, the marks that a "never again" leaves: so it can be
said when nothing else is kept any more, and nobody but whoever holds the letter can say whom it was for.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.signing import b62_encode
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from jukwaa.coalitions.models import Coalition
from jukwaa.regions.models import AnswerLink, Prospect
from jukwaa.regions.suppression import build_suppression_digests, get_folded_name_variants

ANSWER_LINK_SALT = "jukwaa.regions.answer"
ANSWER_TOKEN_BYTES = 16  # 128 bits: nobody guesses it
ANSWER_TOKEN_LENGTH = 22  # letters and digits alone: at a stroke, mail programs begin a new line
ANSWER_LINK_VALIDITY = timedelta(days=3650)  # whoever finds an old letter can still say: never again


@dataclass(frozen=True)
class AnswerLinkTarget:
    """Whom the letter went to, if anything is kept of them, and the marks that its link holds."""

    prospect: Prospect | None
    marks: list[str]


def build_answer_link(prospect: Prospect) -> str:
    return settings.SITE_URL + reverse("regions:answer", args=[prospect.coalition.slug, _build_answer_token(prospect)])


def save_answer_link(prospect: Prospect) -> None:
    """From today on it lasts as long as a link does. Part of an action: before the letter goes, and when it went."""
    token = _build_answer_token(prospect)
    marks = sorted(build_suppression_digests(get_folded_name_variants(prospect.name), prospect.country))
    sealed = _build_token_cipher(token).encrypt(json.dumps(marks).encode()).decode()
    kept = {"coalition": prospect.coalition, "prospect": prospect, "sealed": sealed}
    ends_on = timezone.localdate() + ANSWER_LINK_VALIDITY
    AnswerLink.objects.update_or_create(digest=_build_token_digest(token), defaults=kept | {"ends_on": ends_on})


def find_answer_link_target(token: str, coalition: Coalition) -> AnswerLinkTarget | None:
    """None where it is none of this coalition's, or has run out."""
    rows = AnswerLink.objects.filter(coalition=coalition, ends_on__gte=timezone.localdate())
    about = ("prospect__introducer", "prospect__capacity", "prospect__organisation", "prospect__outreach")
    found = rows.select_related(*about).filter(digest=_build_token_digest(token)).first()
    if found is None:
        return None
    if found.prospect is not None:
        found.prospect.coalition = coalition
    return AnswerLinkTarget(found.prospect, json.loads(_build_token_cipher(token).decrypt(found.sealed)))


def _build_answer_token(prospect: Prospect) -> str:
    made = salted_hmac(ANSWER_LINK_SALT, prospect.uid.hex, algorithm="sha256").digest()[:ANSWER_TOKEN_BYTES]
    return b62_encode(int.from_bytes(made)).zfill(ANSWER_TOKEN_LENGTH)


def _build_token_digest(token: str) -> str:
    return hashlib.sha256(f"{ANSWER_LINK_SALT}.digest:{token}".encode()).hexdigest()


def _build_token_cipher(token: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"{ANSWER_LINK_SALT}.seal:{token}".encode()).digest()))
