from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "jukwaa.core"
    label = "core"

    def ready(self) -> None:
        """Apps above core are ready before it: one of them has registered the safeguarding check by now."""
        from jukwaa.core.submissions import require_check  # noqa: PLC0415 - apps must be ready first

        require_check()
