from datetime import date

from jukwaa.mail.models import Message
from jukwaa.updates.reminders import send_due_reminders
from tests.factories import ItemFactory
from tests.updates.emails import freeze_time_on_day, list_written_emails


def test_reminder_asks_sharer_once_whether_item_is_up_to_date(mailing_coalition, member):
    item = ItemFactory(
        coalition=mailing_coalition, author=member, title="A toolkit", review_by=date(2026, 6, 10), published=True
    )
    ItemFactory(coalition=mailing_coalition, author=member, review_by=date(2026, 6, 10))  # a draft
    counts = []
    for day in (9, 10, 11):
        send_due_reminders(freeze_time_on_day(date(2026, 6, day)))
        counts.append(len(list_written_emails()))

    assert counts == [0, 1, 1]
    assert list_written_emails() == [(member.email, "[Our Coalition] Is this still up to date? A toolkit")]
    assert item.get_absolute_url() in Message.objects.get().body
