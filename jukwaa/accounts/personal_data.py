"""Which fields hold personal data, and the download of what is stored about a person as such.

Each app declares its fields in its `personal_data.py`. A test finds them by their types, and fails if one is missing.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.utils import timezone

from jukwaa.accounts.actions import passkeys_of
from jukwaa.accounts.models import Person, SignInRequest
from jukwaa.core.registry import Registry
from jukwaa.mail.models import Message, ReplyAddress

# For each model, the names of its fields that hold personal data: who, how to reach them, and what people wrote.
personal_data: Registry[type[Model], tuple[str, ...]] = Registry("models with personal data")

# What apps above add to the download, under a name of its own in the file.
downloads: Registry[str, Callable[[Person], list[dict[str, Any]]]] = Registry("parts of the download")


def fields(*names: str) -> tuple[str, ...]:
    return names


personal_data.register(Person)(fields("password", "email", "name", "adult_contact"))
personal_data.register(SignInRequest)(fields("email"))
personal_data.register(Message)(fields("to", "subject", "body", "html", "reply_to", "headers", "error"))
personal_data.register(ReplyAddress)(fields("address"))
personal_data.register(Session)(fields("session_data"))
personal_data.register(EmailAddress)(fields("user", "email"))
personal_data.register(Authenticator)(fields("user", "data"))
personal_data.register(UserSession)(fields("user", "ip", "user_agent", "data"))


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
