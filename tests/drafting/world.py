"""What hangs on the texts of the world: see `tests/world.py`."""

from jukwaa.drafting.models import Returned


def create_returned_file(record, canary, author) -> None:
    """A Word file that waits to be entered, seen by who brought it alone."""
    asked = record.consultations.get()
    finding = {"kind": "comment", "clause": 1, "body": f"On {canary}", "proposed": "", "exact": "", "placed": True}
    Returned.objects.create(
        text=record,
        consultation=asked,
        revision=asked.revision,
        by=author,
        file_name=f"{canary}.docx",
        digest=canary,
        findings=[finding],
    )
