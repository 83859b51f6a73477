"""Personal data: what people follow, letters to them, and email that comes in."""

from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.erased_identities import is_blocked_address
from jukwaa.coalitions.imports.undo_parts import undo_part_registry
from jukwaa.core.personal_data import (
    KEEP_EXISTING_ROW,
    KEEP_TEXT,
    RETAINED_WITH_ACCOUNT,
    RETAINED_WITH_COALITION,
    ClearColumns,
    DeleteRows,
    ErasurePart,
    LegalBasis,
    MoveRows,
    PersonalData,
    Purpose,
    RetentionPeriod,
    erasure_part_registry,
    personal_data_registry,
    purpose_registry,
)
from jukwaa.mail.models import EMPTY_MESSAGE_FIELDS, Message
from jukwaa.mail.suppression import suppression_registry
from jukwaa.updates.email_erasure import (
    erase_emails_to_person,
    find_emails_to_person,
    find_list_posts,
    redact_list_posts,
)
from jukwaa.updates.imported_people import build_unsent_first_email_querysets
from jukwaa.updates.letters import SUPPRESSION_SCOPE_PREFIX
from jukwaa.updates.models import (
    CombinedReminders,
    Digest,
    FirstMail,
    Follow,
    Invitation,
    InvitationRound,
    Letter,
    ListImport,
    ListPost,
    MailChoice,
    PendingMail,
    Seen,
)

purpose_registry.register("following")(
    Purpose(
        title=_("Following and reminders"),
        why=_("To tell you what is new and what is due, as often as you choose."),
        legal_basis=LegalBasis.CONSENT,
        whose=_("People who sign in"),
        recipients=_("Only you and the operator"),
    )
)
purpose_registry.register("emails-received")(
    Purpose(
        title=_("Emails we receive, and the mailing list"),
        why=_("To accept replies, applications and contributions by email, and to keep posts to the mailing list."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who write to the coalition or to its mailing list"),
        recipients=_("Members of the coalition, once an email has become part of the record"),
    )
)


def merge_seen_rows(surviving_row: Seen, merged_row: Seen) -> None:
    surviving_row.until = max(surviving_row.until, merged_row.until)


personal_data_registry.register(Follow)(
    PersonalData(
        fields=("person",),
        purpose="following",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
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
        merging=KEEP_EXISTING_ROW,
    )
)

personal_data_registry.register(Digest)(
    PersonalData(
        fields=("person",),
        purpose="following",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("person",),
        title=_("Digests"),
        download=("coalition__name", "rhythm", "told_until", "due_at"),
        merging=KEEP_EXISTING_ROW,
    )
)

personal_data_registry.register(Seen)(
    PersonalData(
        fields=("person",),
        purpose="following",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("person",),
        title=_("When you last marked everything as seen"),
        download=("coalition__name", "until"),
        merging=MoveRows(join=merge_seen_rows),
    )
)

personal_data_registry.register(PendingMail)(
    PersonalData(
        fields=("address", "name", "person", "subject", "organisation", "position", "text"),
        purpose="emails-received",
        retention=RetentionPeriod(days=0, since="expires_at"),
        erasure=DeleteRows(),
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

# A post without a person has a name and no address: those of a person are found by it (`updates.erasing`).
personal_data_registry.register(ListPost)(
    PersonalData(
        fields=("subject", "sender", "person", "body", "hidden_by", "hidden_because"),
        purpose="emails-received",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_TEXT,
        people=("person",),
        title=_("Your posts to the mailing list"),
        download=("coalition__name", "subject", "posted_at", "body"),
    )
)

# The file is deleted once it has been read.
personal_data_registry.register(ListImport)(
    PersonalData(
        fields=("by", "name", "file"),
        purpose="emails-received",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_TEXT,
    )
)

personal_data_registry.register(MailChoice)(
    PersonalData(
        fields=("person",),
        purpose="following",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("person",),
        title=_("Your choice of emails"),
        download=("coalition__name", "topic", "wanted"),
        merging=KEEP_EXISTING_ROW,
    )
)

# What was sent is in the download of `Message`.
personal_data_registry.register(Letter)(
    PersonalData(
        fields=("person",),
        purpose="emails-sent",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("person",),
    )
)

personal_data_registry.register(CombinedReminders)(
    PersonalData(
        fields=("person",),
        purpose="emails-sent",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("person",),
    )
)

personal_data_registry.register(FirstMail)(
    PersonalData(
        fields=("person",),
        purpose="emails-sent",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("person",),
        title=_("First email to you"),
        download=("coalition__name", "at"),
        merging=KEEP_EXISTING_ROW,
    )
)

personal_data_registry.register(InvitationRound)(
    PersonalData(
        fields=("by", "subject", "message"),
        purpose="emails-sent",
        retention=RETAINED_WITH_COALITION,
        erasure=ClearColumns(("subject", "message"), why=_("The coalition has to know whom it has invited, and when.")),
        people=("by",),
        title=_("Invitations that you wrote"),
        download=("coalition__name", "language", "subject", "message", "created_at", "sent_at"),
    )
)

personal_data_registry.register(Invitation)(
    PersonalData(
        fields=("person",),
        purpose="emails-sent",
        retention=RETAINED_WITH_ACCOUNT,
        erasure=DeleteRows(),
        people=("person",),
        title=_("Invitations to sign in"),
        download=("round__coalition__name", "sent_at", "reminded_at"),
        merging=KEEP_EXISTING_ROW,
    )
)

# Also what was sent to an earlier address of theirs, or to the adult contact of somebody under 18.
erasure_part_registry.register("letters")(
    ErasurePart(
        title=_("Emails that your coalitions sent to you"),
        model=Message,
        find=find_emails_to_person,
        erase=erase_emails_to_person,
        columns=tuple(EMPTY_MESSAGE_FIELDS),
    )
)

erasure_part_registry.register("list-posts")(
    ErasurePart(
        title=_("Your name and your signature in posts to the mailing list"),
        model=ListPost,
        find=find_list_posts,
        erase=redact_list_posts,
        columns=("subject", "sender", "body"),
    )
)


@suppression_registry.register("taken-out")
def is_removed_person(address: str, person_scope: str) -> bool:
    """Nobody who was taken out of a coalition is written to about it, and who was erased about nothing."""
    return is_blocked_address(
        address,
        int(person_scope.removeprefix(SUPPRESSION_SCOPE_PREFIX))
        if person_scope.startswith(SUPPRESSION_SCOPE_PREFIX)
        else None,
    )


undo_part_registry.register("first-emails")(
    build_unsent_first_email_querysets
)  # they go with the people of an import that is undone
