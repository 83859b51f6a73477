from django.apps import AppConfig
from django.core.signals import got_request_exception


class CoreConfig(AppConfig):
    name = "jukwaa.core"
    label = "core"

    def ready(self) -> None:
        from jukwaa.core.errors import log_server_error  # noqa: PLC0415 - apps must be ready first

        got_request_exception.connect(log_server_error)
