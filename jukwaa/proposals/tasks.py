"""What happens after an email was filed: the texts of its files are checked. Repeating it is harmless."""

from django.tasks import task

from jukwaa.core.documents.incoming import FileRefused, extract_text
from jukwaa.core.transactions import atomic_with_retry
from jukwaa.proposals.correspondence_models import CorrespondenceFile
from jukwaa.records.models import Held
from jukwaa.records.quarantine_store import get_quarantine_reason, quarantine_if_suspect


@task()
def check_file(pk: int) -> None:
    """Look at the text of a file, as of every upload: nobody can download it before. What may be a disclosure goes."""
    file = CorrespondenceFile.objects.select_related("message__coalition").filter(pk=pk).first()
    if file is None or file.is_checked:
        return
    with file.file.open("rb") as stored:
        data = stored.read()
    try:
        text = extract_text(data, file.name).checked_text
    except FileRefused:
        text = ""  # such as a scan
    why = get_quarantine_reason(text, file.name, data)  # it takes time: outside of the transaction
    if why is None or not _quarantine_correspondence_file(file, text, data, why):
        CorrespondenceFile.objects.filter(pk=pk).update(is_checked=True)


@atomic_with_retry
def _quarantine_correspondence_file(
    message_file: CorrespondenceFile, text: str, file_bytes: bytes, quarantine_reason: Held.Why
) -> bool:
    """Return False if the safeguarding lead found it harmless before."""
    message = message_file.message
    held = quarantine_if_suspect(
        coalition=message.coalition,
        door=Held.Door.ATTACHMENT,
        text=text,
        file_name=message_file.name,
        data=file_bytes,
        person=message.person,
        address=message.sender,
        quarantine_reason=quarantine_reason,
    )
    if held is not None:
        message_file.delete()
    return held is not None
