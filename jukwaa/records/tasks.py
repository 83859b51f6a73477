"""What happens after an answer: reading files, and erasing them. Each is harmless to repeat."""

from django.core.files.storage import default_storage
from django.db import transaction
from django.tasks import task

from jukwaa.core.documents.incoming import Refused, extract_text
from jukwaa.records import index
from jukwaa.records.keeping import door_keeper
from jukwaa.records.models import Attachment, Held


@task()
def read_attachment(pk: int) -> None:
    """The text of a file into the index, if it has any and if it is still there."""
    attachment = Attachment.objects.filter(pk=pk).first()
    if attachment is None:
        return
    with attachment.file.open("rb") as file:
        data = file.read()
    try:
        text = extract_text(data, attachment.name).text
    except Refused:
        return
    if _taken_off(attachment, text, data):
        return
    with transaction.atomic():
        if Attachment.objects.filter(pk=pk).update(text=text.replace("\0", "")):
            index.refresh(attachment.record.whole())


@transaction.atomic
def _taken_off(attachment: Attachment, text: str, data: bytes) -> bool:
    """It came in, and now that it is read, it goes to the safeguarding lead alone."""
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
    if held.file.name != stored:
        delete_files.enqueue([stored])
    attachment.delete()
    return True


@task()
def delete_files(names: list[str]) -> None:
    """Files whose rows are gone. The task's row commits with the data, so that no crash leaves a file behind."""
    for name in names:
        default_storage.delete(name)
