"""The kinds of record of cooperation."""

from django.utils.translation import gettext_lazy as _

from jukwaa.records.kinds import Kind, kinds

kinds.register("help-offered")(Kind(name="help-offered", label=_("Help offered"), url_name="cooperation:offer_detail"))
kinds.register("help-needed")(Kind(name="help-needed", label=_("Help needed"), url_name="cooperation:need_detail"))
kinds.register("joint-work")(Kind(name="joint-work", label=_("Joint work"), url_name="cooperation:work_detail"))
