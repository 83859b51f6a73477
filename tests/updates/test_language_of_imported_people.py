"""People who were imported have chosen no language: their emails are in that of the coalition."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.models import Person
from jukwaa.coalitions.actions import confirm_affiliation, create_import, import_ready_rows, map_import_columns
from jukwaa.coalitions.models import Affiliation
from jukwaa.core.documents.incoming import ImportedTable
from jukwaa.drafting import actions as drafting
from jukwaa.mail.models import Message
from jukwaa.updates.actions import release_all_mail
from jukwaa.updates.welcome_emails import send_welcome_emails
from tests.factories import TextFactory
from tests.updates.emails import send_notifications_after_delay

MEMBER_HEADINGS = ["Organización", "País", "Sector", "Contacto", "Correo"]
TABLES = {
    "members": [MEMBER_HEADINGS, ["Red Faro", "Perú", "ONG", "Ana Sol", "ana@faro.example"]],
    "people": [["Nombre", "Correo"], ["Ana Sol", "ana@faro.example"]],
}


@pytest.fixture
def spanish_coordinator(client, coalition, coordinator):
    """They set the coalition's language on the page of settings, in their own language."""
    Person.objects.filter(pk=coordinator.pk).update(language="es")
    coordinator.refresh_from_db()
    client.force_login(coordinator)
    url = reverse("coalitions:settings", args=[coalition.slug])
    form = client.get(url).context["form"]
    client.post(url, {**{name: form[name].value() or "" for name in form.fields}, "language": "es"})
    coalition.refresh_from_db()
    assert coalition.language == "es"
    return coordinator


@pytest.mark.parametrize("kind", TABLES)
def test_imported_people_get_emails_in_language_of_coalition(spanish_coordinator, coalition, rapporteur, kind):
    brought = create_import(
        actor=spanish_coordinator,
        coalition=coalition,
        import_kind=kind,
        file_name="lista.csv",
        imported_table=ImportedTable(TABLES[kind]),
    )
    mapped = map_import_columns(actor=spanish_coordinator, spreadsheet_import=brought, column_mapping=brought.mapping)
    import_ready_rows(actor=spanish_coordinator, spreadsheet_import=mapped)
    assert Person.objects.get(email="ana@faro.example").language == ""
    for affiliation in Affiliation.objects.filter(person__email="ana@faro.example"):
        confirm_affiliation(actor=spanish_coordinator, affiliation=affiliation, can_represent=True)

    text = TextFactory(coalition=coalition, label="TLP:GREEN", published=True, author=rapporteur, saying=["Uno."])
    closes_at = timezone.now() + timedelta(days=30)
    drafting.open_consultation(
        actor=rapporteur,
        revision=text.get_latest_revision(),
        consultation_content=drafting.ConsultationContent(
            closes_at=closes_at, asks="members", introduction="", questions=[]
        ),
    )
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        send_welcome_emails()
    send_notifications_after_delay()

    queued = Message.objects.filter(to="ana@faro.example")
    first = queued.get(key__startswith="first:")
    assert first.held
    assert first.subject == f"{coalition.name} le ha añadido a su directorio"
    assert not any("has added you" in message.body for message in queued)
    if kind == "members":
        assert queued.filter(subject__contains="Responda a más tardar").count() == 1
    release_all_mail(actor=spanish_coordinator, coalition=coalition)
    assert all(not message.held and "added you" not in message.body for message in queued.all())
