"""What the tests of pages share."""

import pytest
from django.urls import reverse

from jukwaa.coalitions.actions import create_import, map_import_columns
from jukwaa.core.documents.incoming import ImportedTable

COLUMN_HEADINGS = [
    "Organisation",
    "Acronym",
    "Country",
    "Region",
    "Stakeholder group",
    "Web",
    "Areas",
    "Languages",
    "Since",
    "Until",
]
FULL_IMPORT_ROW = [
    *(
        "Helpline One",
        "H1",
        "Kenya",
        "African Group",
        "NGO",
        "example.org",
        "Helplines; Law, policy",
        "English, Swahili",
    ),
    *("Nov 2009", ""),
]


@pytest.fixture
def build_coalition_url(coalition):
    """The address of a page of our coalition."""
    return lambda name, *args: reverse(f"coalitions:{name}", args=[coalition.slug, *args])


@pytest.fixture
def import_rows(coalition, coordinator):
    """A table whose columns were taken as guessed."""

    def import_with_headings(*rows, heading=COLUMN_HEADINGS, kind="members"):
        width = len(heading)
        table = ImportedTable([heading, *([*row, *[""] * width][:width] for row in rows)])
        brought = create_import(
            actor=coordinator, coalition=coalition, import_kind=kind, file_name="members.csv", imported_table=table
        )
        return map_import_columns(actor=coordinator, spreadsheet_import=brought, column_mapping=brought.mapping)

    return import_with_headings
