"""Ending a person's sessions, those included that stand in no list."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from jukwaa.accounts.models import Person


def end_sessions(person: Person, *, kept_session_key: str = "") -> int:
    """End every session of a person but the one with this key; returns how many there were.

    Whose a session is stands inside it, and the list names no session that is older than it reaches back.
    """
    living = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=kept_session_key)
    listed = UserSession.objects.filter(user_id=person.pk).exclude(session_key=kept_session_key)
    keys = set(listed.values_list("session_key", flat=True))
    keys |= {row.session_key for row in living.iterator() if row.get_decoded().get(SESSION_KEY) == str(person.pk)}
    listed.delete()
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)
