from django.apps import AppConfig

from jukwaa.core.consents import consent_given, consent_withdrawn


class PrivacyConfig(AppConfig):
    name = "jukwaa.privacy"
    label = "privacy"

    def ready(self) -> None:
        from jukwaa.privacy.receivers import end_received_consent, save_received_consent  # noqa: PLC0415 - apps must be ready first

        consent_given.connect(save_received_consent)
        consent_withdrawn.connect(end_received_consent)
