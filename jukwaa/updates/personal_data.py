"""Personal data: what people follow, letters to them, and email that comes in."""

from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.erased import was_taken_out
from jukwaa.core.personal_data import (
    KEEP_ONE,
    KEEP_WORDS,
    WITH_ACCOUNT,
    WITH_COALITION,
    Delete,
    ErasurePart,
    KeptFor,
    LegalBasis,
    Move,
    PersonalData,
    Purpose,
    erasures,
    personal_data,
    purposes,
)
from jukwaa.mail.models import EMPTIED, Message
from jukwaa.mail.suppression import suppressions
from jukwaa.updates.erasing import find_letters, find_posts, forget_letters, redact_posts
from jukwaa.updates.letters import SCOPE
from jukwaa.updates.models import (
    CombinedReminders,
    Digest,
    FirstMail,
    Follow,
    Letter,
    ListPost,
    MailChoice,
    PendingMail,
    Seen,
)

purposes.register("following")(
    Purpose(
        title=_("Following and reminders"),
        why=_("To tell you what is new and what is due, as often as you choose."),
        legal_basis=LegalBasis.CONSENT,
        whose=_("People who sign in"),
        recipients=_("Only you and the operator"),
    )
)
purposes.register("emails-received")(
    Purpose(
        title=_("Emails that are received, and the mailing list"),
        why=_("To accept replies, applications and contributions by email, and to keep posts to the mailing list."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who write to the coalition or to its mailing list"),
        recipients=_("Members of the coalition, once an email has become part of the record"),
    )
)


def keep_later(stays: Seen, goes: Seen) -> None:
    stays.until = max(stays.until, goes.until)


personal_data.register(Follow)(
    PersonalData(
        fields=("person",),
        purpose="following",
        retention=WITH_ACCOUNT,
        erasure=Delete(),
        people=("person",),
        title=_("What you follow"),
        download=(
            "coalition__name",
            "kind",
            "region",
            "area__name",
            "organisation__name",
            "record",
            "search__name",
            "since",
        ),
        merging=KEEP_ONE,
    )
)

personal_data.register(Digest)(
    PersonalData(
        fields=("person",),
        purpose="following",
        retention=WITH_ACCOUNT,
        erasure=Delete(),
        people=("person",),
        title=_("Digests"),
        download=("coalition__name", "rhythm", "told_until", "due_at"),
        merging=KEEP_ONE,
    )
)

personal_data.register(Seen)(
    PersonalData(
        fields=("person",),
        purpose="following",
        retention=WITH_ACCOUNT,
        erasure=Delete(),
        people=("person",),
        title=_("When you last marked everything as seen"),
        download=("coalition__name", "until"),
        merging=Move(join=keep_later),
    )
)

personal_data.register(PendingMail)(
    PersonalData(
        fields=("address", "name", "person", "subject", "organisation", "position", "text"),
        purpose="emails-received",
        retention=KeptFor(days=0, since="expires_at"),
        erasure=Delete(),
        people=("person",),
        addresses=("address",),
        title=_("Emails from you that you have not confirmed"),
        download=(
            "coalition__name",
            "kind",
            "address",
            "name",
            "subject",
            "organisation",
            "position",
            "text",
            "came_at",
        ),
    )
)

# A post has a name and no address: those of a person are found by it (`updates.erasing`).
personal_data.register(ListPost)(
    PersonalData(
        fields=("subject", "sender", "body"),
        purpose="emails-received",
        retention=WITH_COALITION,
        erasure=KEEP_WORDS,
    )
)

personal_data.register(MailChoice)(
    PersonalData(
        fields=("person",),
        purpose="following",
        retention=WITH_ACCOUNT,
        erasure=Delete(),
        people=("person",),
        title=_("Your choice of emails"),
        download=("coalition__name", "topic", "wanted"),
        merging=KEEP_ONE,
    )
)

# What was sent is in the download of `Message`.
personal_data.register(Letter)(
    PersonalData(
        fields=("person",),
        purpose="emails-sent",
        retention=WITH_ACCOUNT,
        erasure=Delete(),
        people=("person",),
    )
)

personal_data.register(CombinedReminders)(
    PersonalData(
        fields=("person",),
        purpose="emails-sent",
        retention=WITH_ACCOUNT,
        erasure=Delete(),
        people=("person",),
    )
)

personal_data.register(FirstMail)(
    PersonalData(
        fields=("person",),
        purpose="emails-sent",
        retention=WITH_ACCOUNT,
        erasure=Delete(),
        people=("person",),
        title=_("First email to you"),
        download=("coalition__name", "at"),
        merging=KEEP_ONE,
    )
)

# Also what was sent to an earlier address of theirs, or to the adult contact of somebody under 18.
erasures.register("letters")(
    ErasurePart(
        title=_("Emails of your coalitions to you"),
        model=Message,
        find=find_letters,
        erase=forget_letters,
        columns=tuple(EMPTIED),
    )
)

erasures.register("list-posts")(
    ErasurePart(
        title=_("Your name and your signature in posts to the mailing list"),
        model=ListPost,
        find=find_posts,
        erase=redact_posts,
        columns=("subject", "sender", "body"),
    )
)


@suppressions.register("taken-out")
def is_taken_out(address: str, scope: str) -> bool:
    """Nobody who was taken out of a coalition is written to about it, and who was erased about nothing."""
    return was_taken_out(address, int(scope.removeprefix(SCOPE)) if scope.startswith(SCOPE) else None)
