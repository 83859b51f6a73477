"""Signing in by code and by link; what a person changes about themselves."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.core.internal.cryptokit import generate_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import WebAuthn
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jukwaa.accounts.consents import record_public_name_choice
from jukwaa.accounts.erased_identities import unblock_returned_person
from jukwaa.accounts.identity import compute_account_digest, compute_address_digest
from jukwaa.accounts.models import Limit, Person, SignInRequest
from jukwaa.accounts.protections import ProtectionTopic, record_protection_step
from jukwaa.accounts.signals import name_changed
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import atomic_with_retry, lock_row, lock_rows
from jukwaa.mail import actions as mail
from jukwaa.mail import signed_links

SIGN_IN_CODE_VALIDITY = timedelta(minutes=15)
SIGN_IN_LINK_VALIDITY = timedelta(days=2)
SIGN_IN_LINK_PURPOSE = "sign-in"
GIVEN_SIGN_IN_LINK_PURPOSE = "sign-in-given"
GIVEN_SIGN_IN_LINK_VALIDITY = timedelta(days=3650)


class WrongCodeError(Exception):
    """Not the code that was mailed; some tries are left."""

    def __init__(self, attempts_left: int) -> None:
        super().__init__(attempts_left)
        self.left = attempts_left


class SignInExpiredError(Exception):
    """The code or the link was used, ran out, was tried too often, or never was one of ours."""


class AccountClosedError(Exception):
    """Somebody who may not sign in any more."""


@dataclass(frozen=True)
class SignInLink:
    """What a link would do, read without doing it."""

    who: str
    next_url: str
    open: bool
    language: str = ""  # of the reader, if the link itself says who they are


@atomic_with_retry
def request_sign_in(*, email: str, next_url: str = "/", digit_count: int = 6) -> SignInRequest:
    """Send a code of so many digits and a link to the address, whoever it belongs to."""
    code = generate_user_code(length=digit_count, numeric=True, dashed=False)
    key = secrets.token_urlsafe(32)
    asked = SignInRequest.objects.create(
        key=key,
        email=email.strip().lower(),
        digest=_digest_sign_in_code(key, code),
        next_url=next_url[:500],
        expires_at=timezone.now() + SIGN_IN_CODE_VALIDITY,
    )
    context = {
        "code": code,
        "link": _build_sign_in_link_url(signed_links.make_signed_token(SIGN_IN_LINK_PURPOSE, {"key": key})),
        "site": settings.SITE_URL,
    }
    context["minutes"] = str(SIGN_IN_CODE_VALIDITY // timedelta(minutes=1))
    mail.queue_email(
        to=asked.email,
        subject=_("Your code to sign in to Jukwaa"),
        body=render_to_string("accounts/email/sign_in.txt", context),
        key=f"sign-in:{key}",
        is_sent_immediately=True,
        is_requested=True,
    )
    return asked


def redeem_sign_in_code(*, sign_in_key: str, code: str) -> tuple[Person, str]:
    """The person whose code this is, and where they wanted to go. Raises WrongCode, Ended, AccountClosedError."""
    open_requests = SignInRequest.objects.filter(key=sign_in_key, used_at=None, expires_at__gt=timezone.now())
    # The try is counted before the code is looked at, in one statement, so that no two workers give it twice.
    if not open_requests.filter(tries__lt=SignInRequest.TRIES).update(tries=F("tries") + 1):
        raise SignInExpiredError
    asked = SignInRequest.objects.get(key=sign_in_key)
    if constant_time_compare(asked.digest, _digest_sign_in_code(sign_in_key, code)):
        return _redeem_sign_in_request(asked), asked.next_url
    if asked.tries >= SignInRequest.TRIES:
        raise SignInExpiredError
    raise WrongCodeError(SignInRequest.TRIES - asked.tries)


def read_sign_in_link(token: str) -> SignInLink | None:
    """For the page that a link opens. None if it is no link of ours."""
    if asked := _find_sign_in_request(token):
        is_open = asked.used_at is None and asked.expires_at > timezone.now()
        return SignInLink(asked.email, asked.next_url, is_open)
    if given := signed_links.read_signed_token(GIVEN_SIGN_IN_LINK_PURPOSE, token, GIVEN_SIGN_IN_LINK_VALIDITY):
        person = Person.objects.filter(pk=given["person"]).first()
        who = (person.name or person.email or str(person)) if person else ""
        is_open = person is not None and _is_sign_in_link_usable(given, token, person)
        return SignInLink(who, given["next"], is_open, person.language if person else "")
    return None


@atomic_with_retry
def redeem_sign_in_link(token: str) -> tuple[Person, str]:
    """The deed of the button on that page. Raises Ended, AccountClosedError."""
    if asked := _find_sign_in_request(token):
        if asked.expires_at <= timezone.now():
            raise SignInExpiredError
        return _redeem_sign_in_request(asked), asked.next_url
    given = signed_links.read_signed_token(GIVEN_SIGN_IN_LINK_PURPOSE, token, GIVEN_SIGN_IN_LINK_VALIDITY)
    person = Person.objects.filter(pk=given["person"]).first() if given else None
    if given is None or person is None or not _is_sign_in_link_usable(given, token, person):
        raise SignInExpiredError
    if given["once"] and not signed_links.use_signed_token_once(
        token, max_age=_get_sign_in_link_expiry(given) - timezone.now()
    ):
        raise SignInExpiredError
    return _require_open_account(person), given["next"]


def build_sign_in_link(person: Person, next_url: str = "/", *, max_age: timedelta = timedelta(days=1)) -> str:
    """Return a sign-in link to give to a person. It works once, in a demo any number of times.

    It ends when the person gets another address: the earlier one may belong to another person.
    """
    until = int((timezone.now() + max_age).timestamp())
    payload = {"person": person.pk, "next": next_url, "until": until, "once": not settings.DEMO}
    payload["mailbox"] = compute_address_digest(person.email) if person.email else ""
    return _build_sign_in_link_url(signed_links.make_signed_token(GIVEN_SIGN_IN_LINK_PURPOSE, payload))


@atomic_with_retry
def _redeem_sign_in_request(asked: SignInRequest) -> Person:
    """Uses the request up; makes the person if this is the first that is heard of them."""
    if not SignInRequest.objects.filter(pk=asked.pk, used_at=None).update(used_at=timezone.now()):
        raise SignInExpiredError
    person = Person.objects.with_address(asked.email).first()
    person = _require_open_account(person or Person.objects.create_user(asked.email, language=get_language() or "en"))
    unblock_returned_person(person)
    return person


def keep_page_language(person: Person) -> None:
    """Store the language of the page as that of a person who signs in without one of their own."""
    if not person.language:
        person.language = get_language() or "en"
        person.save(update_fields=["language"])


def _require_open_account(person: Person) -> Person:
    if not person.is_active or person.erased_at:
        raise AccountClosedError
    return person


def _find_sign_in_request(token: str) -> SignInRequest | None:
    payload = signed_links.read_signed_token(SIGN_IN_LINK_PURPOSE, token, SIGN_IN_LINK_VALIDITY)
    return SignInRequest.objects.filter(key=payload["key"]).first() if payload else None


def _get_sign_in_link_expiry(token_data: dict[str, Any]) -> datetime:
    return datetime.fromtimestamp(token_data["until"], UTC)


def _is_sign_in_link_usable(token_data: dict[str, Any], token: str, person: Person) -> bool:
    """Links of earlier versions name no mailbox."""
    mailbox = compute_address_digest(person.email) if person.email else ""
    if token_data.get("mailbox", mailbox) != mailbox:
        return False
    return _get_sign_in_link_expiry(token_data) > timezone.now() and not (
        token_data["once"] and signed_links.was_token_used(token)
    )


def _build_sign_in_link_url(token: str) -> str:
    return f"{settings.SITE_URL}{reverse('accounts:link', args=[token])}"


def _digest_sign_in_code(sign_in_key: str, code: str) -> str:
    return salted_hmac(f"jukwaa.accounts.code.{sign_in_key}", code, algorithm="sha256").hexdigest()


@atomic_with_retry
def update_settings(*, person: Person, changes: dict[str, Any]) -> None:
    """Name, whether the public sees it, language, time zone: whichever of these are given. Raises ActionRefused."""
    if lock_row(person).erased_at is not None:
        raise ActionRefused(_("This account has been deleted."))
    was_public, old_name = person.name_is_public, person.name
    for name in changes.keys() & {"name", "name_is_public", "language", "time_zone"}:
        setattr(person, name, changes[name])
    person.name_is_public = person.name_is_public and not person.is_minor
    if person.name != old_name:
        person.renamed_at = timezone.now()
    person.save(update_fields=["name", "renamed_at", "name_is_public", "language", "time_zone"])
    name_changed.send(sender=Person, person=person)
    if person.name_is_public != was_public:
        record_public_name_choice(person)
        record_protection_step(
            ProtectionTopic.PUBLIC_NAME, compute_account_digest(person), is_protected=not person.name_is_public
        )


@atomic_with_retry
def sign_out_everywhere(*, person: Person) -> None:
    """Every session ends, those included that stand in no list: their hash no longer fits."""
    person.set_unusable_password()
    person.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=person):
        session.end()


@atomic_with_retry
def end_session_by_id(*, person: Person, pk: int) -> bool:
    session = UserSession.objects.filter(user=person, pk=pk).first()
    if session:
        session.end()
    return session is not None


@atomic_with_retry
def end_session_by_key(*, key: str) -> None:
    """Takes it off the list when somebody signs out; the session itself is Django's to end."""
    UserSession.objects.filter(session_key=key).delete()


@atomic_with_retry
def add_passkey(*, person: Person, name: str, webauthn_credential: dict[str, Any]) -> Authenticator:
    """The credential was checked against its challenge by allauth's form."""
    return WebAuthn.add(person, name, webauthn_credential).instance


@atomic_with_retry
def rename_passkey(*, person: Person, pk: int, name: str) -> None:
    passkey = lock_rows(get_passkeys(person).filter(pk=pk)).get()
    passkey.wrap().name = name
    passkey.save(update_fields=["data"])


@atomic_with_retry
def remove_passkey(*, person: Person, pk: int) -> None:
    get_passkeys(person).filter(pk=pk).delete()


def get_passkeys(person: Person) -> Any:
    return Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.WEBAUTHN).order_by("pk")


@atomic_with_retry
def delete_expired_rate_limits() -> None:
    """For the clock: counts whose time is over."""
    Limit.objects.filter(ends_at__lt=timezone.now()).delete()
