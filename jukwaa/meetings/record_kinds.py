"""The kinds of record of meetings: the meeting, and each kind of entry of its minutes."""

from django.utils.translation import gettext_lazy as _

from jukwaa.meetings.models import BINDING_KINDS, IDEA_KIND, KEY_FINDING_KIND, EntryKind
from jukwaa.records.kinds import Kind, kinds

kinds.register("meeting")(
    Kind(
        name="meeting",
        label=_("Meeting"),
        url_name="meetings:meeting_detail",
        withdraw_url_name="meetings:meeting_withdraw",
    )
)
for entry_kind in EntryKind:
    kinds.register(entry_kind.value)(
        Kind(
            name=entry_kind.value,
            label=entry_kind.label,
            url_name="meetings:entry_detail",
            withdraw_url_name="meetings:entry_withdraw",
            is_part=True,
            is_news=entry_kind in BINDING_KINDS,
        )
    )
kinds.register(IDEA_KIND)(
    Kind(
        name=IDEA_KIND,
        label=_("Idea"),
        url_name="meetings:idea_detail",
        takes_files=frozenset(),
    )
)
kinds.register(KEY_FINDING_KIND)(
    Kind(
        name=KEY_FINDING_KIND,
        label=_("Key finding"),
        url_name="meetings:finding_detail",
        takes_files=frozenset(),
    )
)
