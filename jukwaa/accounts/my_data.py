"""The download of what is stored about a person."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from jukwaa.accounts.actions import passkeys_of
from jukwaa.accounts.models import Person, SignInRequest
from jukwaa.core.personal_data import downloads
from jukwaa.mail.models import Message


def sessions_of(person: Person) -> list[UserSession]:
    """Where somebody is signed in, newest first. (allauth's own list deletes the dead ones, which no GET may.)"""
    rows = UserSession.objects.filter(user_id=person.pk).order_by("-created_at", "-pk")
    living = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    return list(rows.filter(session_key__in=living))


def build_download(person: Person) -> dict[str, Any]:
    kept = ("email", "name", "name_is_public", "is_minor", "language", "time_zone", "added_at", "told_at", "last_login")
    return {
        "person": {name: getattr(person, name) for name in kept},
        "adult_contact": str(person.adult_contact) if person.adult_contact else None,
        "passkeys": [
            {"name": str(passkey), "created_at": passkey.created_at, "last_used_at": passkey.last_used_at}
            for passkey in passkeys_of(person)
        ],
        "sessions": [
            {"begun_at": session.created_at, "address": session.ip, "browser": session.user_agent}
            for session in sessions_of(person)
        ],
        **_mail_of(person.email or ""),
        **{name: tell(person) for name, tell in downloads.items()},
    }


def _mail_of(address: str) -> dict[str, Any]:
    asked = SignInRequest.objects.filter(email=address).order_by("pk").values("created_at", "used_at")
    sent = Message.objects.filter(to=address).order_by("pk").values("subject", "created_at", "sent_at")
    return {"asked_to_sign_in": list(asked), "mail_sent": list(sent)}
