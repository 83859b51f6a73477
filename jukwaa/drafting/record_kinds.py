"""The kind of record of drafting: the text."""

from django.utils.translation import pgettext_lazy

from jukwaa.records.kinds import RecordKind, record_kind_registry

record_kind_registry.register("text")(
    RecordKind(
        name="text",
        label=pgettext_lazy("type of record", "Text"),
        url_name="drafting:text_detail",
        part_url_name="drafting:clause_detail",
    )
)
