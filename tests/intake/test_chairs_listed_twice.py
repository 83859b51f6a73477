"""A person who chaired attends once: in a line of their own, and in the list of those present."""

import pytest

from jukwaa.intake.attendance_table import build_attendance_table
from tests.intake.readings import create_reading

TEXT = """# Minutes

{head}

## Attendance

| Name | Organisation |
| --- | --- |
| Ilisavani Vakatora | Reef Trust |
| Ben Okoro | Elm Farm |
| Dr Ana Lopes | Oak Trust |
{more}
## Decisions

It was agreed that the fees stay as they are.
"""
LISTED = ["Ilisavani Vakatora", "Ben Okoro", "Dr Ana Lopes"]


def read_people(coalition, actor, head, more=""):
    rows = build_attendance_table(create_reading(coalition, actor, TEXT.format(head=head, more=more))).rows
    return [row.name for row in rows], [row.name for row in rows if row.suggestion.is_chair]


@pytest.mark.parametrize(
    ("head", "chair"),
    [
        ("In the chair Ilisavani Vakatora (for Ben Okoro, who was late)", "Ilisavani Vakatora"),
        ("Chair: Ili", "Ilisavani Vakatora"),
        ("Chair: Mr Vakatora", "Ilisavani Vakatora"),
        ("Chair: I. Vakatora", "Ilisavani Vakatora"),
        ("The session was chaired by Ili.", "Ilisavani Vakatora"),
        ("Chair: Ana Lopes", "Dr Ana Lopes"),
        ("Présidence : Mme Lopes", "Dr Ana Lopes"),
    ],
)
def test_chair_in_a_line_of_its_own_is_the_person_of_the_list(coalition, rapporteur, head, chair):
    assert read_people(coalition, rapporteur, head) == (LISTED, [chair])


@pytest.mark.parametrize(
    ("head", "more", "chair"),
    [
        ("Chair: Ili", "| Ilikena Bale | Reef Trust |\n", "Ili"),  # two people begin so
        ("Chair: Mr Vakatora", "| Jone Vakatora | Reef Trust |\n", "Mr Vakatora"),
        ("Chair: Eva Vakatora", "", "Eva Vakatora"),
        ("Chair: Ili Vakatora", "", "Ili Vakatora"),  # may be another first name
        ("Chair: Eva Lund", "", "Eva Lund"),
    ],
)
def test_chair_who_may_be_several_people_or_nobody_of_the_list_stays(coalition, rapporteur, head, more, chair):
    names, chairs = read_people(coalition, rapporteur, head, more)

    assert chairs == [chair]
    assert set(LISTED) < set(names)
