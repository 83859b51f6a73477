"""The agenda of each meeting in the world of the walks."""

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Capacity
from jukwaa.meetings.models import Meeting, MemberUpdate, Paper, Part, Series
from jukwaa.records.models import Attachment, Record


def add_agenda_canaries(record: Record, canary: str, author: Person, capacity: Capacity) -> None:
    """An item with a paper, and an update: each with the word of the meeting. All meetings are of one series."""
    if not isinstance(record, Meeting):
        return
    record.series = Series.objects.get_or_create(coalition=record.coalition, title="Calls")[0]
    record.save(update_fields=["series"])
    Part.objects.create(meeting=record, title="Updates from members", holds_updates=True)
    part = Part.objects.create(
        meeting=record, title=f"An item on {canary}", position=1, presenter=duplicate_capacity(capacity)
    )
    file = Attachment.objects.get(record=record.pk)
    Paper.objects.create(part=part, title=f"A paper on {canary}", attachment=file)
    MemberUpdate.objects.create(
        meeting=record, author=author, capacity=duplicate_capacity(capacity), text=f"Our work on {canary}"
    )


def duplicate_capacity(capacity: Capacity) -> Capacity:
    return Capacity.objects.create(coalition=capacity.coalition, person=capacity.person, name=capacity.name)
