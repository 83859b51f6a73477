from django.apps import AppConfig
from django.core.signals import got_request_exception


class CoreConfig(AppConfig):
    name = "jukwaa.core"
    label = "core"

    def ready(self) -> None:
        """Log server errors; apps above core are ready before it, so one has registered the safeguarding check."""
        from jukwaa.core.errors import log_server_error  # noqa: PLC0415 - apps must be ready first
        from jukwaa.core.submissions import require_check  # noqa: PLC0415 - apps must be ready first

        require_check()
        got_request_exception.connect(log_server_error)
