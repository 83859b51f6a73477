"""The kind of record that every coalition has: the document."""

from django.utils.translation import gettext_lazy as _

from jukwaa.records.kinds import Kind, kinds

kinds.register("document")(Kind(name="document", label=_("Document"), url_name="records:document_detail"))
