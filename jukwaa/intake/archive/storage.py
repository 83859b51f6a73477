"""From an mbox file to posts of the archive. Coordinators alone see them, until they open the import.

Reading and the safeguarding check come before each write. A task that was killed half-way removes what it left and
begins again; one that can't go on leaves nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from jukwaa.accounts.erased_identities import BlockedIdentities
from jukwaa.accounts.identity import REMOVED_NAME_TEXT
from jukwaa.coalitions.activities import action, record_activity
from jukwaa.coalitions.known_people import KnownPeople, get_known_people
from jukwaa.coalitions.models import Coalition
from jukwaa.core.refusals import ActionRefused
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.intake.archive.files import MailboxPost, get_list_sender_name, read_mailbox_outline, read_mailbox_posts
from jukwaa.intake.archive.threads import PostThreads
from jukwaa.records.models import Held
from jukwaa.updates.email_erasure import SIGNATURE_BLOCK_PATTERN
from jukwaa.updates.incoming.safeguarding import find_quarantine_reasons, store_in_quarantine
from jukwaa.updates.models import ListImport, ListPost
from jukwaa.updates.models.list_posts import UNDATED_POST_DATE

POSTS_PER_BATCH = 100  # posts of a transaction


@dataclass
class ListImportCounts:
    done: int = 0
    made: int = 0
    found: int = 0
    held: int = 0
    undated: int = 0
    cut: int = 0


@dataclass
class PostSenders:
    """Who sent a post, as far as the archive may say it: read once for a whole file."""

    coalition: Coalition
    people: dict[str, tuple[int, bool]]
    taken_out: BlockedIdentities
    known: KnownPeople
    nameless: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def load_senders_of(cls, coalition: Coalition) -> "PostSenders":
        rows = get_known_people(coalition).exclude(email=None).values_list("email", "pk", "is_minor")
        people = {email.lower(): (pk, is_minor) for email, pk, is_minor in rows if email}
        return cls(coalition, people, BlockedIdentities.of(coalition.pk), KnownPeople(coalition))

    def find_sender(self, file_post: MailboxPost) -> tuple[str, int | None, bool]:
        """Return the name to keep, the person, and whether nothing that the post is signed with may stay."""
        name, address = get_list_sender_name(file_post.came, self.coalition.list_address), file_post.came.sender
        person, is_minor = self.people.get(address, (None, False))
        if self.taken_out.has_address(address) or (person is None and self._is_sender_name_withheld(name)):
            return "", None, True
        return ("", person, True) if is_minor else (name, person, False)

    def _is_sender_name_withheld(self, sender_name: str) -> bool:
        """Whether it is the name of somebody who was taken out, or of somebody under 18."""
        if sender_name not in self.nameless:
            self.nameless[sender_name] = self.taken_out.has_name(sender_name) or self._is_sender_name_forbidden(
                sender_name
            )
        return self.nameless[sender_name]

    def _is_sender_name_forbidden(self, sender_name: str) -> bool:
        try:
            self.known.find(sender_name)
        except ActionRefused:
            return True
        return False


def store_list_import(list_import: ListImport) -> None:
    """Put the posts of a file into the archive. Raises ActionRefused, and then nothing of the file is there."""
    path = Path(list_import.file.path)
    outline = read_mailbox_outline(path)
    _delete_posts_of_import(list_import)
    ListImport.objects.filter(pk=list_import.pk).update(total=outline.total)
    coalition = list_import.coalition
    known = dict(ListPost.objects.filter(coalition=coalition).values_list("message_id", "thread"))
    threads, counts = PostThreads(outline.parents, known), ListImportCounts()
    for some in batched(_find_new_posts(list_import, path, known, counts, threads), POSTS_PER_BATCH):
        _write_list_posts(list_import, list(some), counts)
    if not counts.made:
        raise ActionRefused(_explain_empty_import(counts))
    _finish_list_import(list_import=list_import, import_counts=counts)


def _find_new_posts(
    list_import: ListImport,
    path: Path,
    known_messages: dict[str, str],
    import_counts: ListImportCounts,
    post_threads: PostThreads,
) -> Iterator[ListPost]:
    """Yield what is in the file, not in the archive, and passes the safeguarding check."""
    senders, seen = PostSenders.load_senders_of(list_import.coalition), set(known_messages)
    for message_id, post in read_mailbox_posts(path):
        import_counts.done += 1
        if message_id in seen:
            import_counts.found += 1
            continue
        seen.add(message_id)
        reasons = list(find_quarantine_reasons(post.came))
        if reasons and store_in_quarantine(post.came, list_import.coalition, reasons, Held.Door.IMPORT):
            import_counts.held += 1
            continue
        import_counts.made += 1
        import_counts.undated += not post.came.is_dated
        import_counts.cut += post.is_truncated
        yield _build_list_post(list_import, message_id, post_threads.find_thread_id(message_id), post, senders)


def _build_list_post(
    list_import: ListImport, message_id: str, thread_id: str, file_post: MailboxPost, post_senders: PostSenders
) -> ListPost:
    name, person, loses_signature = post_senders.find_sender(file_post)
    return ListPost(
        coalition=list_import.coalition,
        message_id=message_id,
        thread=thread_id,
        subject=file_post.came.subject,
        sender=name,
        person_id=person,
        body=SIGNATURE_BLOCK_PATTERN.sub(REMOVED_NAME_TEXT, file_post.body) if loses_signature else file_post.body,
        posted_at=file_post.came.sent_at if file_post.came.is_dated else UNDATED_POST_DATE,
        is_dated=file_post.came.is_dated,
        brought=list_import,
    )


@atomic_with_retry
def _write_list_posts(list_import: ListImport, list_posts: list[ListPost], import_counts: ListImportCounts) -> None:
    """An email may have brought one of them in the meantime: that one stays."""
    ListPost.objects.bulk_create(list_posts, ignore_conflicts=True)
    ListImport.objects.filter(pk=list_import.pk).update(done=import_counts.done)


def _explain_empty_import(import_counts: ListImportCounts) -> str:
    if import_counts.held:
        return _("Nothing was imported. The safeguarding lead will review %(held)s of the posts first.") % {
            "held": import_counts.held
        }
    return _("Nothing was imported. All posts in this file are in the archive already.")


@atomic_with_retry
def _delete_posts_of_import(list_import: ListImport) -> None:
    ListPost.objects.filter(brought=list_import).delete()


@action
def _finish_list_import(*, list_import: ListImport, import_counts: ListImportCounts) -> None:
    made = ListPost.objects.filter(brought=list_import).count()
    numbers = {**vars(import_counts), "made": made, "found": import_counts.found + import_counts.made - made}
    unread = ListImport.objects.filter(pk=list_import.pk, state=ListImport.State.READING)
    if unread.update(state=ListImport.State.READ, file="", **numbers):
        _delete_import_file(list_import)
        record_activity(actor=None, verb="read", subject=list_import, coalition=list_import.coalition)


@action
def fail_list_import(*, list_import: ListImport, problem_text: str) -> None:
    """Nothing of the file stays; the import says why."""
    unread = ListImport.objects.filter(pk=list_import.pk, state=ListImport.State.READING)
    if unread.update(state=ListImport.State.FAILED, problem=problem_text, file=""):
        ListPost.objects.filter(brought=list_import).delete()
        _delete_import_file(list_import)
        record_activity(actor=None, verb="failed", subject=list_import, coalition=list_import.coalition)


def _delete_import_file(list_import: ListImport) -> None:
    name, storage = str(list_import.file.name), list_import.file.storage
    transaction.on_commit(lambda: storage.delete(name))  # a file left behind does less harm than one that is missing
