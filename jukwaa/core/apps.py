from django.apps import AppConfig
from django.core.signals import got_request_exception


class CoreConfig(AppConfig):
    name = "jukwaa.core"
    label = "core"

    def ready(self) -> None:
        """Import what features register, and log server errors. The apps above core are ready before it."""
        from jukwaa.core.error_logging import log_server_error  # noqa: PLC0415 - apps must be ready first
        from jukwaa.core.registry import import_registered_modules  # noqa: PLC0415 - apps must be ready first
        from jukwaa.core.submissions import require_registered_check  # noqa: PLC0415 - apps must be ready first

        import_registered_modules()
        require_registered_check()
        got_request_exception.connect(log_server_error)
