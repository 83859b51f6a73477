from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "jukwaa.proposals"
    label = "proposals"

    def ready(self) -> None:
        from jukwaa.proposals.actions.participant_deletion import delete_participants_of_record  # noqa: PLC0415 - apps must be ready first
        from jukwaa.proposals.correspondence_redaction import redact_correspondence  # noqa: PLC0415 - with its neighbours
        from jukwaa.records.signals import record_purged, record_redacted  # noqa: PLC0415 - with its neighbours

        record_purged.connect(delete_participants_of_record)
        record_redacted.connect(redact_correspondence)
