from django.apps import AppConfig


class EligibilityConfig(AppConfig):
    name = "jukwaa.eligibility"
    label = "eligibility"

    def ready(self) -> None:
        from jukwaa.eligibility.report_redaction import redact_annual_reports  # noqa: PLC0415 - apps must be ready first
        from jukwaa.records.signals import record_redacted  # noqa: PLC0415 - with its neighbours

        record_redacted.connect(redact_annual_reports)
