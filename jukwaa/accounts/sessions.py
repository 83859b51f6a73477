"""Who is signed in: the two questions that each page of a member begins with, worded once in a process."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.core.prepared import Open, prepared


class SessionStore(db.SessionStore):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        for session in prepared(_session, Open(str(self.session_key))):
            if session.expire_date > timezone.now():
                return session
        self._session_key = None
        return None


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """allauth's, by mail address and password."""

    def get_user(self, user_id: Any) -> Person | None:
        person = next(iter(prepared(_person, Open(int(user_id)))), None)
        return person if person is not None and self.user_can_authenticate(person) else None


def _session(key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)


def _person(number: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=number)
