"""The kinds of record of the library: collections, and each kind of item that `data/kinds.toml` describes."""

from django.utils.translation import gettext_lazy as _

from jukwaa.core.documents.incoming.file_kinds import ATTACHABLE_KINDS, KINDS_WITHOUT_PICTURES
from jukwaa.library import schema
from jukwaa.records.kinds import Kind, kinds

kinds.register("collection")(Kind(name="collection", label=_("Collection"), url_name="library:collection_detail"))
for item_kind in schema.kinds():
    kinds.register(item_kind.name)(
        Kind(
            name=item_kind.name,
            label=item_kind.label,
            url_name="library:item_detail",
            withdraw_url_name="library:item_withdraw",
            takes_files=ATTACHABLE_KINDS if item_kind.takes_pictures else KINDS_WITHOUT_PICTURES,
            shows_text_first=True,
        )
    )
