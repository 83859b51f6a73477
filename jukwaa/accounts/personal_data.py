"""Personal data: accounts, and what signing in needs."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import AddressChange, Person, SignInRequest
from jukwaa.core.personal_data import (
    WITH_ACCOUNT,
    Clear,
    Delete,
    KeptFor,
    LegalBasis,
    PersonalData,
    Purpose,
    personal_data,
    purposes,
)

purposes.register("account")(
    Purpose(
        title=_("Signing in and accounts"),
        why=_("So that you can sign in, and so that pages and emails come in your language and your time zone."),
        legal_basis=LegalBasis.CONTRACT,
        whose=_("People who sign in, and people whom a coalition has entered"),
        recipients=_("The operator, and members of your coalitions; if you make your name public, everyone"),
    )
)
purposes.register("security")(
    Purpose(
        title=_("Security"),
        why=_("To notice when others use an account, and to show who changed what and that nobody altered it later."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who sign in"),
        recipients=_("The operator, and for sessions the person themselves"),
    )
)

# An erased minor also loses `is_minor` and `adult_contact`, which the database allows in one step only.
personal_data.register(Person)(
    PersonalData(
        fields=("password", "email", "name", "adult_contact", "former_in", "keeps_name_in"),
        purpose="account",
        retention=KeptFor(
            days=730,
            since="last_login",
            where=Q(erased_at__isnull=True),
            remind=True,
            what=_("accounts that nobody uses"),
            otherwise=WITH_ACCOUNT,
        ),
        erasure=Clear(
            ("email", "name"), why=_("The record still points to the account, which then has no name and no address.")
        ),
        people=("pk",),
        title=_("Your account"),
        download=(
            "email",
            "name",
            "name_is_public",
            "is_minor",
            "adult_contact__name",
            "language",
            "time_zone",
            "added_at",
            "told_at",
            "last_login",
        ),
    )
)

personal_data.register(SignInRequest)(
    PersonalData(
        fields=("email",),
        purpose="account",
        retention=KeptFor(days=2, since="expires_at"),
        erasure=Delete(),
        addresses=("email",),
        title=_("Requests to sign in"),
        download=("created_at", "used_at"),
    )
)

# Deleted when the change is made or stopped, and by the same job when its links have expired.
personal_data.register(AddressChange)(
    PersonalData(
        fields=("person", "address"),
        purpose="account",
        retention=KeptFor(days=0, since="expires_at"),
        erasure=Delete(),
        people=("person",),
        addresses=("address",),
        title=_("Change of your email address"),
        download=("address", "asked_at", "expires_at"),
    )
)

personal_data.register(EmailAddress)(
    PersonalData(
        fields=("user", "email"),
        purpose="account",
        retention=WITH_ACCOUNT,
        erasure=Delete(),
        people=("user",),
        title=_("Your email addresses"),
        download=("email", "verified", "primary"),
    )
)

personal_data.register(Authenticator)(
    PersonalData(
        fields=("user", "data"),
        purpose="account",
        retention=WITH_ACCOUNT,
        erasure=Delete(),
        people=("user",),
        title=_("Your passkeys"),
        download=("data__name", "created_at", "last_used_at"),
    )
)

# Whose a session is stands inside it: an erasure ends those that `UserSession` lists, and with them these rows.
personal_data.register(Session)(
    PersonalData(
        fields=("session_data",),
        purpose="account",
        retention=KeptFor(days=0, since="expire_date"),
        erasure=Delete(),
    )
)

# A session that is used for longer only leaves the list: its row has an IP address and a browser of the first day.
personal_data.register(UserSession)(
    PersonalData(
        fields=("user", "ip", "user_agent", "data"),
        purpose="security",
        retention=KeptFor(days=30, since="created_at"),
        erasure=Delete(),
        people=("user",),
        title=_("Where you are signed in"),
        download=("created_at", "ip", "user_agent"),
    )
)
