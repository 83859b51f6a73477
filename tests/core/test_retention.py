"""What is kept no longer is removed: each table by its own declaration, at its own time, and only then."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from jukwaa.accounts.inactive_accounts import remind_inactive_owners
from jukwaa.coalitions.models import Import, ImportRow, Membership
from jukwaa.config.health import ALL_HEALTH_CHECKS, run_health_checks
from jukwaa.core.retention import count_overdue_rows, get_removal_rules, remove_overdue_rows
from jukwaa.mail.models import Message
from jukwaa.records.models import Held
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import MembershipFactory, PersonFactory

pytestmark = pytest.mark.django_db
CURRENT_TIME = timezone.now()


def create_spreadsheet_import(coalition, coordinator, **facts):
    spreadsheet = Import.objects.create(
        coalition=coalition,
        by=coordinator,
        file_name="list.csv",
        table=[["Email"], ["maria@example.org"]],
        notes=["One row"],
        **{"state": "entered", **facts},
    )
    ImportRow.objects.create(source=spreadsheet, number=2, cells={"email": "maria@example.org"}, state="entered")
    return spreadsheet


def test_deleted_tables_match_privacy_notice():
    assert {model._meta.label: rule.days for model, rule in get_removal_rules().items()} == {
        "accounts.AddressChange": 0,
        "accounts.KeptFile": 0,
        "accounts.SignInRequest": 2,
        "coalitions.Import": 90,
        "coalitions.ImportChange": 90,
        "coalitions.ImportRow": 90,
        "coalitions.Membership": 365,
        "drafting.Returned": 0,
        "mail.Message": settings.MAIL_DAYS,
        "mail.ReplyAddress": 910,
        "privacy.Consent": 1095,
        "privacy.DataRequest": 1095,
        "proposals.CorrespondenceMessage": 60,
        "proposals.PrivateStatement": 365,
        "proposals.SessionList": 400,
        "sessions.Session": 0,
        "updates.PendingMail": 0,
        "usersessions.UserSession": 30,
    }


@pytest.mark.parametrize(("days", "is_row_kept"), [(89, True), (91, False)])
def test_imported_spreadsheet_is_emptied_after_90_days_and_rows_kept(coalition, coordinator, days, is_row_kept):
    spreadsheet = create_spreadsheet_import(coalition, coordinator, at=CURRENT_TIME - timedelta(days=days))
    remove_overdue_rows(CURRENT_TIME)
    spreadsheet.refresh_from_db()

    assert (bool(spreadsheet.table), bool(spreadsheet.notes), bool(spreadsheet.rows.get().cells)) == (
        is_row_kept,
        is_row_kept,
        is_row_kept,
    )
    assert (spreadsheet.file_name, spreadsheet.rows.get().state) == ("list.csv", "entered")
    assert remove_overdue_rows(CURRENT_TIME) == 0


def test_emptied_spreadsheet_import_shows_explanation(client, coalition, coordinator):
    spreadsheet = create_spreadsheet_import(
        coalition, coordinator, state="columns", at=CURRENT_TIME - timedelta(days=91)
    )
    remove_overdue_rows(CURRENT_TIME)
    client.force_login(coordinator)
    url = reverse("coalitions:import_map", args=[coalition.slug, spreadsheet.pk])

    for response in (client.get(url), client.post(url, {})):
        assert (response.status_code, "removed after 90 days" in response.text) == (403, True)


@pytest.mark.parametrize(("standing", "is_row_kept"), [("declined", False), ("left", True), ("active", True)])
def test_declined_applications_are_deleted_after_a_year(coalition, standing, is_row_kept):
    day = CURRENT_TIME.date() - timedelta(days=367)
    membership = MembershipFactory(
        coalition=coalition,
        organisation=None,
        person=PersonFactory(),
        standing=standing,
        reason="Not now.",
        starts_on=None if standing == "declined" else date(2010, 1, 1),
        ends_on=None if standing == "active" else day,
    )
    remove_overdue_rows(CURRENT_TIME)

    assert Membership.objects.filter(pk=membership.pk).exists() == is_row_kept


def test_expired_sessions_are_deleted(client, member):
    client.force_login(member)
    Session.objects.create(session_key="expired", session_data="x", expire_date=CURRENT_TIME - timedelta(minutes=1))
    remove_overdue_rows(CURRENT_TIME)

    assert list(Session.objects.values_list("session_key", flat=True)) == [client.session.session_key]


def test_owner_of_unused_account_is_reminded_yearly():
    idle = PersonFactory(email="idle@example.org", last_login=CURRENT_TIME - timedelta(days=731))
    PersonFactory(last_login=CURRENT_TIME - timedelta(days=729))
    PersonFactory(last_login=None)
    asked = [
        remind_inactive_owners(CURRENT_TIME),
        remind_inactive_owners(CURRENT_TIME + timedelta(days=1)),
        remind_inactive_owners(CURRENT_TIME + timedelta(days=365)),
    ]

    assert asked == [1, 1, 2]
    to_idle = Message.objects.filter(to=idle.email)
    assert (to_idle.count(), to_idle.first().subject) == (2, "Do you still need your Jukwaa account?")
    assert reverse("accounts:settings") in to_idle.first().body


def test_safeguarding_lead_is_reminded_monthly_of_pending_items(mailing_coalition, safeguarding_lead):
    Held.objects.create(
        coalition=mailing_coalition,
        door="mail",
        why="disclosure",
        text="Words",
        received_at=CURRENT_TIME - timedelta(days=31),
    )
    for _time in range(2):
        send_due_reminders(CURRENT_TIME)

    sent = Message.objects.get(subject__contains="quarantine")
    assert (sent.to, "more than 30 days" in sent.body, "Words" in sent.body) == (safeguarding_lead.email, True, False)
    assert Held.objects.count() == 1


def test_doctor_reports_overdue_deletions_and_backup_age(coalition, coordinator, settings, tmp_path):
    def find_problems():
        checks = [check for check in ALL_HEALTH_CHECKS if check.name in {"retention", "backups"}]
        return [finding.sentence for outcome in run_health_checks(checks) for finding in outcome.findings]

    settings.DATA_FOLDER, settings.BACKUP_FOLDERS = tmp_path, [tmp_path / "far"]
    create_spreadsheet_import(coalition, coordinator, at=CURRENT_TIME - timedelta(days=91))
    late = create_spreadsheet_import(coalition, coordinator, at=CURRENT_TIME - timedelta(days=93))
    for folder, days in (("backups", 1), ("far", 40)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"jukwaa-{CURRENT_TIME - timedelta(days=days):%Y%m%d-%H%M%S}.tar.gz").touch()

    assert count_overdue_rows(CURRENT_TIME) == {"coalitions.Import": 2, "coalitions.ImportRow": 2}
    overdue, rows, newest, expired = find_problems()
    assert ("1 rows of coalitions.Import " in overdue, "1 rows of coalitions.ImportRow " in rows) == (True, True)
    assert f"{tmp_path / 'far'} is 40 days old" in newest
    assert f"1 backups in {tmp_path / 'far'} are older than the {settings.BACKUP_DAYS} days" in expired
    Import.objects.filter(pk=late.pk).delete()
    (tmp_path / "far").rename(tmp_path / "away")
    assert find_problems() == [f"There are no backups in {tmp_path / 'far'}. Check that backups are copied there."]
