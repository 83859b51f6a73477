"""Minutes in Arabic, as they are written in the Maghreb: opening sentence, attendance, owners and deadlines."""

from datetime import date

import pytest

from jukwaa.intake.due_dates import find_due_day
from jukwaa.intake.guesses import find_attendance_statuses
from jukwaa.intake.meeting_chairs import mark_chair_among_attendees
from jukwaa.intake.meeting_dates import find_file_name_day
from jukwaa.intake.meeting_facts import find_meeting_facts
from jukwaa.intake.reader import read_report
from jukwaa.intake.reader.apologies import add_apologies
from jukwaa.intake.reader.deadlines import find_deadline
from jukwaa.intake.reader.foreign_owners import find_arabic_entry_owners

MINUTES_TEXT = """مجموعة عمل الواحة

محضر اجتماع عدد 3

انعقد يوم الثلاثاء 10 فيفري 2026 بمقر جمعية الزيتونة بصفاقس اجتماع المجموعة، برئاسة السيد سامي الورغي.

الحاضرون:

- السيد سامي الورغي (جمعية الزيتونة)، رئيس الجلسة
- السيدة هدى القاسمي (جمعية الزيتونة)، مقررة
- السيدة ليلى بن صالح (دار النخيل)، بصفة ضيفة

المعتذرون:

- السيدة أمينة العلوي (مرصد الأطلس، المغرب)

جدول الأعمال:

1) المصادقة على محضر الاجتماع السابق

المهام:

- تتولى السيدة ليلى بن صالح مع السيدة أمينة العلوي مراجعة النص في أجل أقصاه 25 مارس.
- حجز القاعة وإعداد البرنامج: السيد سامي الورغي، موفى مارس.
"""


def test_opening_sentence_gives_day_place_and_chair():
    facts = find_meeting_facts(MINUTES_TEXT)

    assert (facts.day, facts.place) == (date(2026, 2, 10), "مقر جمعية الزيتونة بصفاقس")
    assert facts.chair == "السيد سامي الورغي"


def test_attendance_has_chair_and_apologies():
    made = add_apologies(mark_chair_among_attendees(read_report(MINUTES_TEXT))).suggestions

    attendees = [each for each in made if each.kind == "attendee"]
    assert [each.actors for each in attendees if each.is_chair] == [("السيد سامي الورغي",)]
    assert [each.actors for each in attendees if each.status] == [("أمينة العلوي",)]
    guest = next(each for each in attendees if "ضيفة" in each.quote)
    assert find_attendance_statuses(guest.quote, guest.actors) == {guest.actors[0]: "guest"}


def test_actions_have_owners_and_deadlines():
    made = [each for each in read_report(MINUTES_TEXT).suggestions if each.kind == "commitment"]

    assert [(each.actors, each.due) for each in made] == [
        (("السيدة ليلى بن صالح", "السيدة أمينة العلوي"), "في أجل أقصاه 25 مارس"),
        (("السيد سامي الورغي",), "موفى مارس"),
    ]


@pytest.mark.parametrize(
    ("phrase", "owners"),
    [
        ("يتولى د. كمال المنصوري إعداد المسودة", ("د. كمال المنصوري",)),
        ("تتولى الأمانة العامة إرسال الدعوات", ("الأمانة العامة",)),
        ("تكلف السيدة هدى القاسمي بالاتصال بالوزارة", ("السيدة هدى القاسمي",)),
        ("طباعة الدليل: السيدة هدى القاسمي والسيد سامي الورغي", ("السيدة هدى القاسمي", "السيد سامي الورغي")),
        ("تتولى السيدة ليلى مراجعة النص", ("السيدة ليلى",)),
        ("تتولى لينا مراجعة النص", ("لينا",)),
        ("يتولى السيد محمد علي الورغي إرسال الرسالة", ("السيد محمد علي الورغي",)),
        ("يتولى السيد محمد علي الورغي التواصل مع البلدية", ("السيد محمد علي الورغي",)),
        ("تتولى السيدة ليلى بن صالح مراجعة النص", ("السيدة ليلى بن صالح",)),
        ("تتولى جمعية دار النخيل مراجعة النص", ("جمعية دار النخيل",)),
        ("مراجعة النص: السيدة ليلى، نهاية ماي", ("السيدة ليلى",)),
        ("إرسال الرسالة: السيد محمد علي الورغي", ("السيد محمد علي الورغي",)),
        ("تتولى ليلى وأمينة إعداد الدليل", ()),
        ("تتولى لينا فتح الصفحة", ()),
        ("تتولى مراجعة النص لجنة صغيرة", ()),
        ("تكلف طباعة الدليل مبلغا كبيرا", ()),
        ("حجز القاعة: قاعة البلدية", ()),
        ("يجب إعداد المسودة", ()),
    ],
)
def test_arabic_owners(phrase, owners):
    assert find_arabic_entry_owners(phrase) == owners


@pytest.mark.parametrize(
    ("phrase", "due", "day"),
    [
        ("إعداد النص قبل 10 أفريل 2026", "قبل 10 أفريل 2026", date(2026, 4, 10)),
        ("إعداد النص، نهاية شهر جوان", "نهاية شهر جوان", date(2026, 6, 30)),
        ("إعداد النص في منتصف ماي", "في منتصف ماي", date(2026, 5, 15)),
        ("إعداد النص في أقرب الآجال", "في أقرب الآجال", None),
        ("نهاية العمل بالنص القديم", "", None),
    ],
)
def test_arabic_deadlines(phrase, due, day):
    assert find_deadline(phrase) == due
    assert find_due_day(due, date(2026, 2, 10)) == day


@pytest.mark.parametrize(
    ("name", "month"),
    [("جانفي", 1), ("فيفري", 2), ("ماي", 5), ("جويلية", 7), ("أوت", 8), ("غشت", 8), ("دجنبر", 12)],
)
def test_month_names_of_the_maghreb(name, month):
    assert find_file_name_day(f"محضر 11 {name} 2026.docx") == (date(2026, month, 11), "day")


def test_list_that_follows_apologies_is_not_read_as_names():
    made = add_apologies(read_report(MINUTES_TEXT)).suggestions

    assert not [each for each in made if each.kind == "attendee" and "المصادقة" in each.quote]
