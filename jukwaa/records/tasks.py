"""What happens after an answer: reading files, and erasing them. Each is harmless to repeat."""

from typing import Any

from django.core.files.storage import default_storage
from django.tasks import task

from jukwaa.coalitions.activities import increment_coalition_revisions
from jukwaa.core.documents.incoming import ExtractedText, FileRefused, extract_text
from jukwaa.core.documents.language_detection import detect_text_language
from jukwaa.core.documents.refusals import get_unreadable_reason_code
from jukwaa.core.documents.similarity import compute_text_signature
from jukwaa.core.safeguards import screen_text_for_reviewers, screen_text_for_signs
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.records import index
from jukwaa.records.models import Attachment, Held
from jukwaa.records.quarantine_store import quarantine_if_suspect

MAX_SIGN_HITS = 1_000  # of one file; a reviewer is shown far fewer


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
        _save_parsed_fields(
            attachment, state=Attachment.State.UNREADABLE, reason=get_unreadable_reason_code(refused.code)
        )
        return
    if _quarantine_attachment_file(attachment, found.checked_text, data):
        return
    if found.text:
        _save_parsed_fields(attachment, **_build_parsed_fields(found))
    else:
        _save_parsed_fields(attachment, state=Attachment.State.UNREADABLE, reason=get_unreadable_reason_code("no_text"))


def _build_parsed_fields(extracted_text: ExtractedText) -> dict[str, Any]:
    """Worked out before the transaction begins: it must not wait for it."""
    return {
        "state": Attachment.State.READ,
        "reason": "",
        "text": extracted_text.text,
        "pages": list(extracted_text.pages),
        "language": detect_text_language(extracted_text.text, extracted_text.language),
        "signature": compute_text_signature(extracted_text.text),
        "signs": sorted({hit.sign.name for hit in screen_text_for_signs(extracted_text.checked_text)}),
        "hits": [
            (hit.start, hit.end, hit.sign.name)
            for hit in screen_text_for_reviewers(extracted_text.text)[:MAX_SIGN_HITS]
        ],
    }


@atomic_with_retry
def _save_parsed_fields(attachment: Attachment, **read: Any) -> None:
    """Into the row, the index, and the pages that visitors see, unless the file was removed meanwhile."""
    if Attachment.objects.filter(pk=attachment.pk).update(**read):
        record = attachment.record.whole()
        if read["state"] == Attachment.State.READ:
            record.handle_file_parsed()
        index.reindex_record(record)
        increment_coalition_revisions([attachment.record.coalition_id])


def _quarantine_attachment_file(attachment: Attachment, text: str, file_data: bytes) -> bool:
    """It came in, and now that it is read, it goes to the safeguarding lead alone.

    A long text is screened before a transaction begins. Repeated, it finds what was held already.
    """
    stored = str(attachment.file.name)
    held = quarantine_if_suspect(
        coalition=attachment.record.coalition,
        door=Held.Door.ATTACHMENT,
        text=text,
        file_name=attachment.name,
        data=file_data,
        stored_name=stored,
        person=attachment.added_by,
    )
    if held is None:
        return False
    _delete_attachment_files(attachment, [] if held.file.name == stored else [stored])
    return True


@atomic_with_retry
def _delete_attachment_files(attachment: Attachment, files: list[str]) -> None:
    """With those files; what the quarantine has taken over stays where it is stored."""
    if files:
        delete_files.enqueue(files)
    attachment.delete()


@task()
def delete_files(file_names: list[str]) -> None:
    """Files whose rows are gone. The task's row commits with the data, so that no crash leaves a file behind."""
    for name in file_names:
        default_storage.delete(name)
