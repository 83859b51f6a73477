"""Personal data: accounts, and what signing in needs."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.deletions import find_guardianship_obstacles
from jukwaa.accounts.identity import REMOVED_NAME_TEXT, build_person_identity
from jukwaa.accounts.models import (
    AccountDeletion,
    AddressChange,
    EarlierAddress,
    ErasedIdentity,
    KeptFile,
    MinorStatusChange,
    Person,
    Protection,
    SignInRequest,
)
from jukwaa.accounts.protections import ProtectionTopic, protection_replay_registry
from jukwaa.accounts.replays import GUARDIAN_REPLAY, MINOR_MARK_REPLAY, PUBLIC_NAME_REPLAY
from jukwaa.core.personal_data import (
    KEEP_EXISTING_ROW,
    RETAINED_WITH_ACCOUNT,
    ClearColumns,
    DeleteRows,
    ErasurePart,
    KeepRows,
    LegalBasis,
    PersonalData,
    Purpose,
    RetentionCondition,
    RetentionPeriod,
    erasure_obstacle_registry,
    erasure_part_registry,
    personal_data_registry,
    purpose_registry,
)
from jukwaa.mail.actions import empty_emails_to_erased_person
from jukwaa.mail.models import EMPTY_MESSAGE_FIELDS, Message

purpose_registry.register("account")(
    Purpose(
        title=_("Signing in and accounts"),
        why=_("To let you sign in, and to show pages and send emails in your language and time zone."),
        legal_basis=LegalBasis.CONTRACT,
        whose=_("People who sign in, and people whom a coalition has added"),
        recipients=_("The operator and members of your coalitions. If you make your name public, everyone."),
    )
)
purpose_registry.register("security")(
    Purpose(
        title=_("Security"),
        why=_(
            "To detect unauthorised use of accounts, to show who changed what, and to prove that nobody altered the"
            " log later."
        ),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who sign in"),
        recipients=_("The operator. People can also see their own sessions."),
    )
)

purpose_registry.register("do-not-enter")(
    Purpose(
        title=_("Preventing removed people from being added again"),
        why=_("To make sure that removed people are not added again, even when a backup is restored."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who were removed from a coalition, or whose account was deleted"),
        recipients=_("The operator only. The data does not contain a name or an email address that anyone can read."),
    )
)

# An erased minor also loses `is_minor` and `adult_contact`, which the database allows in one step only.
personal_data_registry.register(Person)(
    PersonalData(
        fields=("password", "email", "name", "adult_contact", "merged_into", "former_in", "keeps_name_in"),
        purpose="account",
        retention=RetentionPeriod(
            days=730,
            since="last_login",
            where=Q(erased_at__isnull=True),
            remind=True,
            what=_("unused accounts"),
            otherwise=RETAINED_WITH_ACCOUNT,
        ),
        erasure=ClearColumns(
            ("email", "name"),
            why=_("The account has no name or email address any more, but the record still links to it."),
        ),
        people=("pk",),
        title=_("Your account"),
        download=(
            "email",
            "name",
            "name_is_public",
            "is_minor",
            "guardian_agreed_at",
            "adult_confirmed_at",
            "language",
            "time_zone",
            "added_at",
            "told_at",
            "last_login",
        ),
    )
)

purpose_registry.register("minors")(
    Purpose(
        title=_("Protecting people under 18"),
        why=_("To hide the names of people under 18, and to record what their parent or guardian agreed to."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People under 18, and their parents or guardians"),
        recipients=_("The parent or guardian, coordinators, and the safeguarding lead"),
    )
)

# `reason` of a mark can't be empty in the database: a part of the erasure below replaces it.
personal_data_registry.register(MinorStatusChange)(
    PersonalData(
        fields=("person", "actor", "adult_contact", "reason"),
        purpose="minors",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=KeepRows(
            _(
                "The record has to show when consent was given and withdrawn. The reasons for the “under 18” mark are "
                "removed."
            )
        ),
        people=("person",),
        title=_("Your “under 18” mark"),
        download=("step", "means", "at"),  # the reason is for coordinators and the safeguarding lead
    )
)

personal_data_registry.register(SignInRequest)(
    PersonalData(
        fields=("email",),
        purpose="account",
        retention=RetentionPeriod(days=2, since="expires_at"),
        erasure=DeleteRows(),
        addresses=("email",),
        title=_("Requests to sign in"),
        download=("created_at", "used_at"),
    )
)

personal_data_registry.register(KeptFile)(
    PersonalData(
        fields=("person", "file", "name", "media_type"),
        purpose="account",
        retention=RetentionPeriod(days=0, since="expires_at"),
        erasure=DeleteRows(),
        people=("person",),
        title=_("Files kept while you correct a form"),
        download=("name", "expires_at"),
    )
)

# Deleted when the change is made or stopped; else when its links have expired.
personal_data_registry.register(AddressChange)(
    PersonalData(
        fields=("person", "address"),
        purpose="account",
        retention=RetentionPeriod(days=0, since="expires_at"),
        erasure=DeleteRows(),
        people=("person",),
        addresses=("address",),
        title=_("Change of your email address"),
        download=("address", "asked_at", "expires_at"),
        merging=DeleteRows(),
    )
)

purpose_registry.register("earlier-addresses")(
    Purpose(
        title=_("Earlier email addresses"),
        why=_(
            "To avoid adding a person twice when a list has an earlier address, and to find that address"
            " when an account is deleted."
        ),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who have changed their email address"),
        recipients=_("The operator only. The data does not contain an email address that anyone can read."),
    )
)

personal_data_registry.register(EarlierAddress)(
    PersonalData(
        fields=("person", "digest"),
        purpose="earlier-addresses",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("person",),
        title=_("Earlier email addresses, in a form that cannot be read"),
        download=("changed_at",),
    )
)

personal_data_registry.register(EmailAddress)(
    PersonalData(
        fields=("user", "email"),
        purpose="account",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("user",),
        title=_("Your email addresses"),
        download=("email", "verified", "primary"),
        merging=DeleteRows(),
    )
)

personal_data_registry.register(Authenticator)(
    PersonalData(
        fields=("user", "data"),
        purpose="account",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("user",),
        title=_("Your passkeys"),
        download=("data__name", "created_at", "last_used_at"),
        merging=DeleteRows(),
    )
)

# Whose a session is stands inside it: an erasure ends those that `UserSession` lists, and with them these rows.
personal_data_registry.register(Session)(
    PersonalData(
        fields=("session_data",),
        purpose="account",
        retention=RetentionPeriod(days=0, since="expire_date"),
        erasure=DeleteRows(),
    )
)

# A session that is used for longer only leaves the list: its row has an IP address and a browser of the first day.
personal_data_registry.register(UserSession)(
    PersonalData(
        fields=("user", "ip", "user_agent", "data"),
        purpose="security",
        retention=RetentionPeriod(days=30, since="created_at"),
        erasure=DeleteRows(),
        people=("user",),
        title=_("Where you are signed in"),
        download=("created_at", "ip", "user_agent"),
        merging=DeleteRows(),
    )
)

personal_data_registry.register(AccountDeletion)(
    PersonalData(
        fields=("person",),
        purpose="account",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=KeepRows(
            _(
                "The entry shows when an account was deleted at the request of its owner. It does not identify the"
                " owner."
            )
        ),
        people=("person",),
        title=_("Your requests to delete your account"),
        download=("asked_at", "due_at", "stopped_at", "done_at"),
        merging=KEEP_EXISTING_ROW,
    )
)

personal_data_registry.register(ErasedIdentity)(
    PersonalData(
        fields=("account", "address", "name"),
        purpose="do-not-enter",
        retention=RetentionCondition(_("as long as this site exists, or until the person comes back")),
        erasure=KeepRows(
            _("The entry makes sure that nobody adds the person again. It does not show who the person is.")
        ),
    )
)

purpose_registry.register("restored-backups")(
    Purpose(
        title=_("Restoring backups"),
        why=_(
            "To make sure that a restored backup does not show a name that was hidden or removed after"
            " the backup was made."
        ),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who hid their name, whose name was removed from a record, or who are under 18"),
        recipients=_("The operator only. The data does not contain a name or an email address that anyone can read."),
    )
)

personal_data_registry.register(Protection)(
    PersonalData(
        fields=("subject", "key"),
        purpose="restored-backups",
        retention=RetentionCondition(_("as long as this site exists")),
        erasure=KeepRows(
            _(
                "The entry makes sure that a restored backup does not show a hidden name. It does not"
                " identify the person."
            )
        ),
    )
)

protection_replay_registry.register(ProtectionTopic.UNDER_18)(MINOR_MARK_REPLAY)
protection_replay_registry.register(ProtectionTopic.GUARDIAN)(GUARDIAN_REPLAY)
protection_replay_registry.register(ProtectionTopic.PUBLIC_NAME)(PUBLIC_NAME_REPLAY)

erasure_obstacle_registry.register("adult-contact")(find_guardianship_obstacles)


def find_unsent_emails(person: Person) -> QuerySet[Message]:
    """Those that have not left: without an address none of them can."""
    waiting = Message.objects.filter(sent_at=None, claimed_at=None).order_by()
    theirs = Q(pk__in=[])
    for address in build_person_identity(person).addresses:
        theirs |= Q(to__iexact=address)
    return waiting.filter(theirs)


def find_address_change_emails(person: Person) -> QuerySet[Message]:
    """Those about a change of address, also to the address that was asked for: it may be somebody else's."""
    about = Q(pk__in=[])
    for key in AddressChange.objects.filter(person=person.pk).values_list("key", flat=True):
        about |= Q(key__endswith=f":{key}")
    return Message.objects.filter(about).order_by()


def erase_address_change_emails(person: Person) -> int:
    return empty_emails_to_erased_person(list(find_address_change_emails(person).values_list("pk", flat=True)))


erasure_part_registry.register("address-emails")(
    ErasurePart(
        title=_("Change of your email address"),
        model=Message,
        find=find_address_change_emails,
        erase=erase_address_change_emails,
        columns=tuple(EMPTY_MESSAGE_FIELDS),
    )
)


def erase_unsent_emails(person: Person) -> int:
    return empty_emails_to_erased_person(list(find_unsent_emails(person).values_list("pk", flat=True)))


erasure_part_registry.register("emails-waiting")(
    ErasurePart(
        title=_("Emails to you that have not been sent yet"),
        model=Message,
        find=find_unsent_emails,
        erase=erase_unsent_emails,
        columns=tuple(EMPTY_MESSAGE_FIELDS),
    )
)


def find_minor_status_reasons(person: Person) -> QuerySet[MinorStatusChange]:
    return MinorStatusChange.objects.filter(person=person).exclude(reason__in=["", REMOVED_NAME_TEXT]).order_by()


def replace_minor_status_reasons(person: Person) -> int:
    return find_minor_status_reasons(person).update(reason=REMOVED_NAME_TEXT)


erasure_part_registry.register("minor-status")(
    ErasurePart(
        title=_("The reasons why you were marked as under 18"),
        model=MinorStatusChange,
        find=find_minor_status_reasons,
        erase=replace_minor_status_reasons,
        columns=("reason",),
    )
)
