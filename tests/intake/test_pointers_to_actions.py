"""Rows of a discussion that only point to actions by their number."""

import pytest

from jukwaa.intake.reader import read_report
from jukwaa.intake.repeated_tasks import merge_repeated_tasks

TEXT = """# Minutes

## Points discussed

Item | Discussion | Follow-up
2. Maps | Ana Lopes presented the new map of helplines to the members. | {cell}

## New actions

No. | Action | Who | Deadline
6.2 | Print the map in two languages | Ana Lopes | 26 June 2026
"""


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("Ana to print it (6.2)", 1),
        ("Map (see 6.2)", 1),
        ("Ana to ask the printer for prices (6.3)", 2),
        ("Ana to ask the printer for prices", 2),
    ],
)
def test_row_that_points_to_numbered_action_is_not_another(cell, count):
    made = merge_repeated_tasks(read_report(TEXT.format(cell=cell))).suggestions

    assert len([each for each in made if each.kind == "commitment"]) == count
