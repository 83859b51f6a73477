from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from jukwaa.coalitions.append_only import drop_append_only_triggers
from jukwaa.coalitions.models import Activity, Seal
from jukwaa.coalitions.seals import seal_all_activities
from jukwaa.config.health import (
    ALL_HEALTH_CHECKS,
    HealthCheck,
    build_problem_finding,
    build_remark_finding,
    run_health_checks,
)
from jukwaa.mail.models import Message
from jukwaa.records.actions import begin_record, change_record
from jukwaa.records.index import remove_record_from_index
from jukwaa.records.models import Document, Passage, Version
from tests.factories import DocumentFactory

pytestmark = pytest.mark.django_db

UNKNOWN_DELIVERY = (
    "It is not known whether 1 emails were sent: a process stopped while sending them. They will not be sent again"
    " automatically. To decide, run: jukwaa emails --unsure"
)


def list_findings_of_checks(*names):
    """Sentences of the checks with these names."""
    checks = [check for check in ALL_HEALTH_CHECKS if check.name in names]
    return [finding.sentence for outcome in run_health_checks(checks) for finding in outcome.findings]


@pytest.fixture
def document(coalition, member):
    document = begin_record(
        actor=member, record=DocumentFactory.build(coalition=coalition, title="The guidance"), is_published=True
    )
    return change_record(actor=member, record=document, changes={"title": "The new guidance"}, from_version=1)


def test_healthy_installation_passes_all_checks(document, coordinator, safeguarding_lead):
    out = StringIO()
    of_machine = {"fonts", "sqlite", "translations", "backups"}
    quiet = [check.name for check in ALL_HEALTH_CHECKS if not check.of_running and check.name not in of_machine]
    call_command("doctor", *(f"--only={name}" for name in quiet), stdout=out)

    titles = [check.title for check in ALL_HEALTH_CHECKS if check.name in quiet]
    assert out.getvalue().splitlines() == [f"{title}: OK" for title in titles]


def test_exit_code_reports_doctor_result():
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("doctor", "--only=worker", stdout=out)

    assert end.value.code == 1
    assert out.getvalue() == (
        "Worker: No worker is running, so emails are not sent and files are not read."
        " Run: jukwaa serve (or jukwaa worker)\n"
    )


def test_text_altered_without_activity_is_found(document):
    seal_all_activities()
    content = {**Version.objects.get(number=2).content, "title": "Another guidance"}
    Version.objects.filter(number=2).update(content=content)

    assert list_findings_of_checks("chain", "versions") == [
        f"The text of records {document.pk} does not match the activity log. Compare it with a backup."
    ]


def test_record_that_differs_from_its_current_version_is_found(document):
    assert list_findings_of_checks("columns") == []
    Document.objects.update(title="Another guidance")

    assert list_findings_of_checks("versions") == []
    assert list_findings_of_checks("columns") == [
        f"Records {document.pk} differ from their current version. Compare them with a backup, and edit them again."
    ]


def test_altered_activity_breaks_seal(document):
    seal_all_activities()
    seal = Seal.objects.get()
    drop_append_only_triggers()
    Activity.objects.filter(verb="changed").update(verb="withdrew")

    assert list_findings_of_checks("chain", "append-only")[-1] == (
        f"The chain breaks at seal {seal.pk} of {seal.at:%Y-%m-%d %H:%M}: an activity before that was altered or"
        " removed. Compare with a backup from before that day, and keep both."
    )
    said = "The activity log is not protected from changes: coalitions_activity_no_update,"
    assert list_findings_of_checks("append-only")[0].startswith(said)


def test_record_missing_in_search_index_is_found_and_repaired(document):
    remove_record_from_index(document)
    before = list_findings_of_checks("index")
    call_command("reindex", stdout=StringIO())

    assert before == ["1 records are missing from the search. Run: jukwaa reindex"]
    assert list_findings_of_checks("index") == []
    assert [text for text in Passage.objects.values_list("text", flat=True) if "new guidance" in text] != []


def test_passages_without_words_are_found_and_repaired(document):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM records_passage_words")
        else:
            cursor.execute("UPDATE records_passage SET words = NULL")
    count = Passage.objects.count()

    assert list_findings_of_checks("index") == [
        f"{count} passages in the search index do not match their words. Run: jukwaa reindex"
    ]
    call_command("reindex", stdout=StringIO())
    assert list_findings_of_checks("index") == []


def test_missing_files_are_listed(coalition):
    DocumentFactory(coalition=coalition, file="documents/2026/01/gone.txt")

    assert list_findings_of_checks("files") == [
        "Files are missing from the data folder: documents/2026/01/gone.txt. Copy them from a backup."
    ]


def test_email_with_unknown_delivery_is_reported():
    long_ago = timezone.now() - timedelta(hours=1)
    fields = {"to": "a@example.org", "subject": "A", "body": "B"}
    Message.objects.create(key="1", message_id="1", claimed_at=long_ago, **fields)
    Message.objects.create(key="2", message_id="2", given_up_at=long_ago, error="550 no such user", **fields)
    Message.objects.create(key="3", message_id="3", held=True, **fields)

    assert list_findings_of_checks("mail") == [
        UNKNOWN_DELIVERY,
        "1 emails of the last week could not be sent. The latest error: 550 no such user",
        "1 emails are waiting for the approval of a coordinator.",
    ]


def test_coalition_without_required_roles_is_reported(coalition):
    assert list_findings_of_checks("roles") == [
        "Our Coalition has no coordinator: nobody can answer applications. Run: jukwaa appoint ours EMAIL-ADDRESS",
        (
            "Our Coalition has no safeguarding lead: nobody can look at items in quarantine."
            " Ask a coordinator to appoint one."
        ),
    ]


def test_inconsistent_settings_are_reported(settings):
    settings.SITE_URL, settings.HTTPS, settings.DEBUG, settings.DEMO = "http://jukwaa.example.org", False, True, False
    settings.MAILERS = {"default": {"BACKEND": "jukwaa.mail.backends.EmlFileBackend"}}

    assert list_findings_of_checks("settings") == [
        "JUKWAA_DEBUG is on, so error pages show the code to everyone. Remove this setting.",
        "JUKWAA_URL begins with http://, so sign-in links are not encrypted. Set up HTTPS.",
        "Emails are saved as files and not sent. Set JUKWAA_MAIL_URL.",
    ]


@pytest.mark.parametrize(("url", "count"), [("https://jukwaa.example.org", 2), ("http://127.0.0.1:8000", 0)])
def test_public_site_without_operator_contact_is_reported(settings, url, count):
    settings.SITE_URL, settings.DEMO, settings.OPERATOR, settings.OPERATOR_CONTACT = url, False, "", ""
    asked = [
        "The privacy notices do not name the operator. Set JUKWAA_OPERATOR to your name and postal address.",
        "The privacy notices have no contact. Set JUKWAA_OPERATOR_CONTACT to an email address.",
    ]

    assert list_findings_of_checks("operator") == asked[:count]
    settings.OPERATOR, settings.OPERATOR_CONTACT = "The operator, 1 Street", "privacy@example.org"
    assert list_findings_of_checks("operator") == []


def test_missing_database_and_failing_check_are_reported():
    def raise_check_error():
        raise OSError("no disk")

    checks = [
        HealthCheck("disk", "Disk", raise_check_error),
        HealthCheck("database", "Database", lambda: iter([build_problem_finding("It is away.")])),
        HealthCheck("chain", "Chain", lambda: iter([build_problem_finding("never asked")]), of_database=True),
        HealthCheck("fonts", "Fonts", lambda: iter([build_remark_finding("There are few.")])),
    ]

    told = [
        (outcome.check.name, outcome.is_wrong, outcome.findings[0].sentence) for outcome in run_health_checks(checks)
    ]
    assert told == [
        ("disk", True, "This check could not be completed: OSError: no disk"),
        ("database", True, "It is away."),
        ("fonts", False, "There are few."),
    ]
