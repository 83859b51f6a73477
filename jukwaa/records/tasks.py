"""What happens after an answer: reading files, and erasing them. Each is harmless to repeat."""

from typing import Any

from django.core.files.storage import default_storage
from django.tasks import task

from jukwaa.coalitions.activities import move_revisions
from jukwaa.core.documents.incoming import Extracted, FileRefused, extract_text
from jukwaa.core.documents.language import language_of
from jukwaa.core.documents.likeness import signature
from jukwaa.core.documents.refusals import unread_code
from jukwaa.core.safeguards import look_closely, screen
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.records import index
from jukwaa.records.keeping import door_keeper
from jukwaa.records.models import Attachment, Held

MOST_HITS = 1_000  # of one file; a reviewer is shown far fewer


@task()
def read_attachment(pk: int) -> None:
    """The text of a file into the index, if it has any and if it is still there."""
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is None:
        return
    with attachment.file.open("rb") as file:
        data = file.read()
    try:
        found = extract_text(data, attachment.name)
    except FileRefused as refused:
        _tell(attachment, state=Attachment.State.UNREADABLE, reason=unread_code(refused.code))
        return
    if not _taken_off(attachment, found.text, data):
        _tell(attachment, **_what_was_read(found))


def _what_was_read(found: Extracted) -> dict[str, Any]:
    """Worked out before the transaction begins: it must not wait for it."""
    return {
        "state": Attachment.State.READ,
        "reason": "",
        "text": found.text,
        "pages": list(found.pages),
        "language": language_of(found.text, found.language),
        "signature": signature(found.text),
        "signs": sorted({hit.sign.name for hit in screen(found.text)}),
        "hits": [(hit.start, hit.end, hit.sign.name) for hit in look_closely(found.text)[:MOST_HITS]],
    }


@atomic_with_retry
def _tell(attachment: Attachment, **read: Any) -> None:
    """Into the row, the index, and the pages that visitors see, unless the file was removed meanwhile."""
    if Attachment.objects.filter(pk=attachment.pk).update(**read):
        record = attachment.record.whole()
        if read["state"] == Attachment.State.READ:
            record.file_read()
        index.refresh(record)
        move_revisions([attachment.record.coalition_id])


def _taken_off(attachment: Attachment, text: str, data: bytes) -> bool:
    """It came in, and now that it is read, it goes to the safeguarding lead alone.

    A long text is screened before a transaction begins. Repeated, it finds what was held already.
    """
    stored = str(attachment.file.name)
    held = door_keeper(
        coalition=attachment.record.coalition,
        door=Held.Door.ATTACHMENT,
        text=text,
        name=attachment.name,
        data=data,
        stored=stored,
        person=attachment.added_by,
    )
    if held is None:
        return False
    _remove(attachment, [] if held.file.name == stored else [stored])
    return True


@atomic_with_retry
def _remove(attachment: Attachment, files: list[str]) -> None:
    """With those files; what the quarantine has taken over stays where it is stored."""
    if files:
        delete_files.enqueue(files)
    attachment.delete()


@task()
def delete_files(names: list[str]) -> None:
    """Files whose rows are gone. The task's row commits with the data, so that no crash leaves a file behind."""
    for name in names:
        default_storage.delete(name)
