"""For each address of drives and of the list archive with arguments, what the walks fill in: see `tests/rows.py`."""

from typing import Any

from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.intake.models import Drive, DriveEntry
from jukwaa.updates.models import ListImport, ListPost
from tests.row_builders import Rows
from tests.world import World


def list_post_rows(world: World) -> list[dict[str, Any]]:
    """One that everyone can read, one that members can, and a hidden one."""
    Coalition.objects.filter(pk=world.coalition.pk).update(list_readers="public")
    hidden = {"hidden_at": timezone.now(), "hidden_because": "Names a child."}
    for name, facts in {"open": {"is_open": True}, "new": {}, "hidden": {"is_open": True, **hidden}}.items():
        ListPost.objects.get_or_create(
            coalition=world.coalition,
            message_id=name,
            defaults={"thread": name, "body": "We agreed.", "posted_at": timezone.now(), **facts},
        )
    return [{"pk": pk} for pk in ListPost.objects.filter(coalition=world.coalition).values_list("pk", flat=True)]


def list_import_rows(world: World) -> list[dict[str, Any]]:
    """One that was undone, and one that waits to be opened."""
    by = Person.objects.order_by("pk").first()
    for state in (ListImport.State.UNDONE, ListImport.State.READ):
        defaults = {"by": by, "name": f"{state}.mbox"}
        ListImport.objects.get_or_create(coalition=world.coalition, state=state, defaults=defaults)
    return [{"pk": pk} for pk in ListImport.objects.filter(coalition=world.coalition).values_list("pk", flat=True)]


def list_drive_rows(world: World) -> list[dict[str, Any]]:
    """One whose files are documents of every label and state."""
    by = Person.objects.order_by("pk").first()
    defaults = {"by": by, "name": "drive.zip", "state": Drive.State.DONE}
    drive, is_new = Drive.objects.get_or_create(coalition=world.coalition, digest="walk", defaults=defaults)
    if is_new:
        DriveEntry.objects.bulk_create(
            DriveEntry(drive=drive, path=f"{document.pk}.txt", outcome=DriveEntry.Outcome.READ, document_id=document.pk)
            for document in world.list_varied_records("document")
        )
    return [{"pk": drive.pk}]


ROWS_BY_ROUTE: dict[str, Rows] = {
    **dict.fromkeys(["intake:drive_detail", "intake:drive_labels"], list_drive_rows),
    **dict.fromkeys(["intake:list_post", "intake:list_post_record"], list_post_rows),
    **dict.fromkeys(["intake:list_post_hide", "intake:list_post_show"], list_post_rows),
    **dict.fromkeys(
        ["intake:list_import_detail", "intake:list_import_open", "intake:list_import_undo"], list_import_rows
    ),
}
PUBLIC_ROUTES = dict.fromkeys(
    ["intake:list_posts", "intake:list_post"], "anyone reads an archive that is open to everyone"
)
