"""Personal data in the demo: a filled notice and imprint, and a request of somebody who is named in a record."""

from django.contrib.auth.models import AnonymousUser

from jukwaa.privacy.actions import DataRequestInput, request_name_redaction, save_privacy_notice
from jukwaa.privacy.models import Notice
from jukwaa.records.demo_parts import Demo, demo_part_registry
from jukwaa.records.models import Record


@demo_part_registry.register(105)
def add_redaction_request(demo: Demo) -> None:
    demo.say("Asking for a name to be removed ...")
    readable = Record.objects.visible_to(AnonymousUser()).of(demo.coalition)
    request_name_redaction(
        actor=demo.rapporteur,
        coalition=demo.coalition,
        asked=DataRequestInput(
            name="A former press officer",
            words="I no longer work in this field. Please remove my name from this record.",
            record=readable.order_by("pk").first(),
        ),
    )


@demo_part_registry.register(106)
def add_demo_notices(demo: Demo) -> None:
    demo.say("Writing the privacy notice and the imprint ...")
    who = f"The secretariat of {demo.coalition.name} (made up)\n1 Example Street, Example City"
    privacy = {
        "responsible": who,
        "contact": "privacy@demo.example",
        "authority": "The data protection authority of the country of the secretariat (made up)",
    }
    imprint = {"responsible": who, "contact": "secretariat@demo.example"}
    for kind, fields in ((Notice.Kind.PRIVACY, privacy), (Notice.Kind.IMPRINT, imprint)):
        save_privacy_notice(
            actor=demo.coordinator,
            coalition=demo.coalition,
            notice_kind=kind,
            language=demo.coalition.language,
            fields=fields,
        )
