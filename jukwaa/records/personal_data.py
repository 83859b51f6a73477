"""Personal data: records, their versions, comments and files, and what waits in quarantine."""

from collections.abc import Iterator

from django.db.models import Model, Q
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext_lazy as _

from jukwaa.accounts.models import Person
from jukwaa.accounts.protections import ProtectionReplay, ProtectionTopic, protection_replay_registry
from jukwaa.core.personal_data import (
    KEEP_CONTRIBUTION,
    KEEP_EXISTING_ROW,
    KEEP_TEXT,
    RETAINED_WITH_COALITION,
    RETAINED_WITH_RECORD,
    DeleteRows,
    KeepRows,
    LegalBasis,
    MoveRows,
    PersonalData,
    Purpose,
    RetentionCondition,
    RetentionPeriod,
    personal_data_registry,
    purpose_registry,
    withheld_from_download,
)
from jukwaa.records.actions import find_records_with_restored_names, redact_record_again
from jukwaa.records.models import (
    Attachment,
    Audience,
    Authorship,
    Comment,
    CommentVersion,
    Document,
    Held,
    Passage,
    Record,
    Source,
    State,
    Version,
)

# Lookups to who wrote a row, or did in it what it is about. All others lead to people whom somebody else named.
AUTHOR_FIELD_LOOKUPS = frozenset(
    {
        "added_by",
        "author",
        "authorships__person",
        "by",
        "comment__author",
        "declared_by",
        "person",
        "requester",
        "sent_by",
    }
)

purpose_registry.register("contributions")(
    Purpose(
        title=_("Contributions to the record"),
        why=_("To keep what members write, comment, propose and decide, who represented whom, and how texts changed."),
        legal_basis=LegalBasis.LEGITIMATE_INTERESTS,
        whose=_("People who contribute, and people who are named in a contribution"),
        recipients=_("The readers named by the label of each record. For TLP:CLEAR, this is everyone."),
    )
)
purpose_registry.register("safeguarding")(
    Purpose(
        title=_("Safeguarding"),
        why=_(
            "To prevent the publication of disclosures of harm to children and of possible child sexual abuse"
            " material, and to respond to them."
        ),
        legal_basis=LegalBasis.VITAL_INTERESTS,
        whose=_("People who wrote or sent what is in quarantine, and people who are named in it"),
        recipients=_("Only the safeguarding lead of the coalition, and authorities to whom the lead reports"),
    )
)

personal_data_registry.register(Record)(
    PersonalData(
        fields=("title", "summary", "issuer", "withdrawn_because"),
        purpose="contributions",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_CONTRIBUTION,
        people=("authorships__person",),
        title=_("Records that you wrote"),
        download=("coalition__name", "kind", "title", "summary", "label", "state", "created_at", "published_at"),
    )
)


def merge_authorship_capacities(surviving_row: Authorship, removed_row: Authorship) -> None:
    surviving_row.capacity = surviving_row.capacity or removed_row.capacity


personal_data_registry.register(Authorship)(
    PersonalData(
        fields=("person", "capacity"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("person",),
        merging=MoveRows(join=merge_authorship_capacities),
    )
)

personal_data_registry.register(Audience)(
    PersonalData(
        fields=("person",),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=DeleteRows(),
        people=("person",),
        title=_("Restricted records that name you as a reader"),
        download=("record",),
        merging=KEEP_EXISTING_ROW,
    )
)

# `content` is a copy of the columns of the record: a name that is taken out of the record has to go from here as well.
personal_data_registry.register(Version)(
    PersonalData(
        fields=("content", "author"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("author",),
        title=_("Versions that you saved"),
        download=("record__kind", "record", "number", "at"),
    )
)

personal_data_registry.register(Document)(
    PersonalData(
        fields=("text", "file", "file_name"),
        purpose="contributions",
        retention=RETAINED_WITH_COALITION,
        erasure=KEEP_TEXT,
        people=("authorships__person",),
        title=_("Documents that you added"),
        download=("title", "text", "file_name", "file"),
    )
)

personal_data_registry.register(Attachment)(
    PersonalData(
        fields=("file", "name", "text", "hits", "added_by"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("added_by",),
        title=_("Files that you attached"),
        download=("record__kind", "record", "name", "file", "added_at"),
    )
)

personal_data_registry.register(Comment)(
    PersonalData(
        fields=("author", "capacity", "body", "hidden_because"),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("author",),
        title=_("Comments"),
        download=("record__kind", "record", "capacity__name", "body", "at", "edited_at", "hidden_because"),
    )
)

personal_data_registry.register(CommentVersion)(
    PersonalData(
        fields=("body",),
        purpose="contributions",
        retention=RETAINED_WITH_RECORD,
        erasure=KEEP_CONTRIBUTION,
        people=("comment__author",),
        title=_("Earlier versions of comments"),
        download=("comment", "number", "body", "at"),
    )
)

# The index: written again whenever the record is.
personal_data_registry.register(Passage)(
    PersonalData(fields=("text",), purpose="contributions", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)

# Purging empties text, file, address and person. Of what was released, the record has the text.
personal_data_registry.register(Held)(
    PersonalData(
        fields=("text", "file", "file_name", "person", "address", "decided_by"),
        purpose="safeguarding",
        retention=RetentionPeriod(
            days=30,
            since="received_at",
            where=Q(state=Held.State.HELD),
            remind=True,
            what=_("items in quarantine without a decision"),
            otherwise=RetentionCondition(_("until the safeguarding lead deletes it permanently")),
        ),
        erasure=KeepRows(
            _("The content may be needed to protect a child. Only the safeguarding lead can read it and delete it.")
        ),
        people=("person",),
        addresses=("address",),
    )
)

personal_data_registry.register(Source)(
    PersonalData(fields=("quote",), purpose="contributions", retention=RETAINED_WITH_RECORD, erasure=KEEP_TEXT)
)


@withheld_from_download.register("records")
def build_quarantined_filter(row_model: type[Model], _person: Person) -> Q:
    """What the safeguarding lead has held: it, and what belongs to it, over at most three relations."""
    held = Q()
    for path in _iter_paths_to_record(row_model, max_depth=3):
        held |= Q(**{LOOKUP_SEP.join((*path, "state")): State.HELD})
    return held


@withheld_from_download.register("unreadable-records")
def build_unreadable_filter(row_model: type[Model], person: Person) -> Q:
    """What others wrote and a name leads to, in records that the person may not read."""
    lookups = personal_data_registry[row_model].people
    if AUTHOR_FIELD_LOOKUPS.issuperset(lookups) or not (paths := list(_iter_paths_to_record(row_model, max_depth=3))):
        return Q()
    nearest = min(map(len, paths))
    unreadable = Q()
    for path in paths:
        if len(path) == nearest:
            reference = LOOKUP_SEP.join(path) or "pk"
            readable = Record.objects.visible_to(person).exists_for(reference)
            unreadable |= Q(**{f"{reference}__isnull": False}) & ~Q(readable)
    for lookup in AUTHOR_FIELD_LOOKUPS.intersection(lookups):
        own = row_model._base_manager.filter(**{lookup: person.pk})  # noqa: SLF001 - public by Django's word
        unreadable &= ~Q(pk__in=own.values("pk"))
    return unreadable


def _iter_paths_to_record(row_model: type[Model], max_depth: int) -> Iterator[tuple[str, ...]]:
    if issubclass(row_model, Record):
        yield ()
        return
    if max_depth == 0:
        return
    for field in row_model._meta.concrete_fields:  # noqa: SLF001 - public by Django's word
        related = field.related_model
        if isinstance(related, type) and related is not row_model:
            yield from ((field.name, *path) for path in _iter_paths_to_record(related, max_depth - 1))


protection_replay_registry.register(ProtectionTopic.REDACTION)(
    ProtectionReplay(
        find=find_records_with_restored_names,
        redo=redact_record_again,
        report="{n} records from which a name was removed.",
    )
)
