"""The kind of record that every coalition has: the document."""

from django.utils.translation import gettext_lazy as _

from jukwaa.records.kinds import RecordKind, record_kind_registry

record_kind_registry.register("document")(
    RecordKind(name="document", label=_("Document"), url_name="records:document_detail")
)
