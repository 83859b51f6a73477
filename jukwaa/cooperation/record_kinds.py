"""The kinds of record of cooperation."""

from django.utils.translation import gettext_lazy as _

from jukwaa.records.kinds import RecordKind, record_kind_registry

record_kind_registry.register("help-offered")(
    RecordKind(name="help-offered", label=_("Help offered"), url_name="cooperation:offer_detail")
)
record_kind_registry.register("help-needed")(
    RecordKind(name="help-needed", label=_("Help needed"), url_name="cooperation:need_detail")
)
record_kind_registry.register("joint-work")(
    RecordKind(name="joint-work", label=_("Joint work"), url_name="cooperation:work_detail")
)
