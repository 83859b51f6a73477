from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "jukwaa.library"
    label = "library"

    def ready(self) -> None:
        from jukwaa.library.schema import kinds  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.kinds import Kind, register  # noqa: PLC0415 - apps must be ready first

        register(*[Kind(name=kind.name, label=kind.label, url_name="library:item_detail") for kind in kinds()])
