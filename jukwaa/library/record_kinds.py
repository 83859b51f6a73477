"""The kinds of record of the library: collections, and each kind of item that `data/kinds.toml` describes."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.documents.incoming.file_kinds import ATTACHABLE_KIND_KEYS, NON_PICTURE_KIND_KEYS
from jukwaa.library import schema
from jukwaa.records.kinds import RecordKind, record_kind_registry

record_kind_registry.register("collection")(
    RecordKind(name="collection", label=_("Collection"), url_name="library:collection_detail")
)
for item_kind in schema.kinds():
    record_kind_registry.register(item_kind.name)(
        RecordKind(
            name=item_kind.name,
            label=item_kind.label,
            url_name="library:item_detail",
            withdraw_url_name="library:item_withdraw",
            takes_files=ATTACHABLE_KIND_KEYS if item_kind.takes_pictures else NON_PICTURE_KIND_KEYS,
            shows_text_first=True,
        )
    )
