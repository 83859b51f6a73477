from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "jukwaa.library"
    label = "library"

    def ready(self) -> None:
        from jukwaa.core.documents.incoming.kinds import ATTACHABLE, WITHOUT_PICTURES  # noqa: PLC0415 - as below
        from jukwaa.library.schema import kinds  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first

        register(Kind(name="collection", label=_("Collection"), url_name="library:collection_detail"))
        for kind in kinds():
            register(
                Kind(
                    name=kind.name,
                    label=kind.label,
                    url_name="library:item_detail",
                    withdraw_url_name="library:item_withdraw",
                    takes_files=ATTACHABLE if kind.takes_pictures else WITHOUT_PICTURES,
                    shows_text_first=True,
                )
            )
