"""The kinds of record of meetings: the meeting, and each kind of entry of its minutes."""

from django.utils.translation import gettext_lazy as _

from jukwaa.meetings.models import BINDING_ENTRY_KINDS, IDEA_RECORD_KIND, KEY_FINDING_RECORD_KIND, EntryKind
from jukwaa.records.kinds import RecordKind, record_kind_registry

record_kind_registry.register("meeting")(
    RecordKind(
        name="meeting",
        label=_("Meeting"),
        url_name="meetings:meeting_detail",
        withdraw_url_name="meetings:meeting_withdraw",
    )
)
for entry_kind in EntryKind:
    record_kind_registry.register(entry_kind.value)(
        RecordKind(
            name=entry_kind.value,
            label=entry_kind.label,
            url_name="meetings:entry_detail",
            withdraw_url_name="meetings:entry_withdraw",
            is_part=True,
            is_news=entry_kind in BINDING_ENTRY_KINDS,
        )
    )
record_kind_registry.register(IDEA_RECORD_KIND)(
    RecordKind(
        name=IDEA_RECORD_KIND,
        label=_("Idea"),
        url_name="meetings:idea_detail",
        takes_files=frozenset(),
    )
)
record_kind_registry.register(KEY_FINDING_RECORD_KIND)(
    RecordKind(
        name=KEY_FINDING_RECORD_KIND,
        label=_("Key finding"),
        url_name="meetings:finding_detail",
        takes_files=frozenset(),
    )
)
