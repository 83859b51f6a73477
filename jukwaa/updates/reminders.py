"""What is due: once a day, everything that is due by now, in one email for each person (`combining.py`).

Each reminder has a key, so that none is sent twice.

A day is a day in UTC: a mail is no alarm clock, and one more hour of night does no harm.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Affiliation, Coalition, Organisation, Role
from jukwaa.core.dates import format_long_date
from jukwaa.core.personal_data import RetentionPeriod, personal_data_registry
from jukwaa.core.retention import find_overdue_rows
from jukwaa.records.models import Held
from jukwaa.updates.combined_reminders import send_combined_or_single_reminders
from jukwaa.updates.models import EmailTopic
from jukwaa.updates.notification_emails import EmailText, NotificationEmail, defer_email_rendering, render_email
from jukwaa.updates.recipients import find_coalition_coordinators, find_organisation_representatives, find_role_holders
from jukwaa.updates.registries import Reminder, reminder_registry

ROLE_TERM_NOTICE_PERIOD = timedelta(days=30)


def send_due_reminders(now: datetime) -> int:
    """Remind of all that is due, each person in one email; the number says how many emails were written."""
    return send_combined_or_single_reminders(
        [reminder for find_due in reminder_registry.values() for reminder in find_due(now)]
    )


@reminder_registry.register("affiliations")
def find_affiliation_reminders(now: datetime) -> Iterator[Reminder]:
    """Once a month for an organisation, as long as somebody in it was not confirmed for a year."""
    today = now.date()
    due = Affiliation.objects.to_confirm(today).filter(confirmed_on__isnull=False)
    organisations = Organisation.objects.filter(affiliations__in=due, merged_into=None).distinct()
    for organisation in organisations.select_related("coalition"):
        rows = due.filter(organisation=organisation).select_related("person")
        yield (
            f"confirm:{organisation.pk}:{today:%Y-%m}",
            _build_affiliation_reminder(organisation, [row.person for row in rows]),
        )


def _build_affiliation_reminder(organisation: Organisation, people: list[Person]) -> NotificationEmail:
    path = reverse("coalitions:confirmations", args=[organisation.coalition.slug])
    write = defer_email_rendering("updates/email/affiliations_due.txt", path, organisation=organisation, people=people)
    due = {person.pk for person in people}
    vouching = [person for person in find_organisation_representatives(organisation) if due - {person.pk}]
    to = vouching or find_coalition_coordinators(organisation.coalition)
    return NotificationEmail(coalition=organisation.coalition, people=to, topic=EmailTopic.REMINDERS, write=write)


@reminder_registry.register("terms")
def find_role_term_reminders(now: datetime) -> Iterator[Reminder]:
    """Roles that end within a month: to the holder and the coordinators."""
    today = now.date()
    ending = Role.objects.in_force(today).filter(ends_on__lte=today + ROLE_TERM_NOTICE_PERIOD)
    for role in ending.select_related("person", "coalition"):
        yield f"term:{role.pk}:{role.ends_on}", _build_term_reminder(role, role.ends_on or today)


def _build_term_reminder(role: Role, ends_on: date) -> NotificationEmail:
    def render_term_reminder_email() -> EmailText:
        path = reverse("coalitions:roles", args=[role.coalition.slug])
        names = {"role": role.get_kind_display(), "person": role.person, "day": format_long_date(ends_on)}
        return render_email("updates/email/term_ends.txt", path, **names)

    to = [role.person, *find_coalition_coordinators(role.coalition)]
    return NotificationEmail(
        coalition=role.coalition, people=to, topic=EmailTopic.REMINDERS, write=render_term_reminder_email
    )


@reminder_registry.register("quarantine")
def find_quarantine_reminders(now: datetime) -> Iterator[Reminder]:
    """To the safeguarding lead, once a month, as long as an item waits longer than declared."""
    kept = personal_data_registry[Held].retention
    assert isinstance(kept, RetentionPeriod)  # noqa: S101 - for the type alone
    late = find_overdue_rows(Held, kept, now).values("coalition").distinct()
    for coalition in Coalition.objects.filter(pk__in=late):
        leads = find_role_holders(coalition, Role.Kind.SAFEGUARDING_LEAD)
        path = reverse("records:held_list", args=[coalition.slug])
        write = defer_email_rendering("updates/email/quarantine_waits.txt", path, days=kept.days)
        news = NotificationEmail(
            coalition=coalition, people=leads, topic=EmailTopic.REMINDERS, write=write, at_once=True
        )
        yield f"quarantine:{coalition.pk}:{now:%Y-%m}", news
