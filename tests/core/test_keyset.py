"""Pages of long lists: each begins at a row, in the one way that there is."""

import re
from pathlib import Path

import pytest
from django.db.models.functions import Lower
from django.utils import timezone

import jukwaa
from jukwaa.core.keyset_pagination import PageCursor, get_page
from jukwaa.records.models import NEWEST_RECORD_FIRST, Document
from tests.factories import DocumentFactory

CODE_FOLDER = Path(jukwaa.__file__).parent
ROW_ORDERS = [NEWEST_RECORD_FIRST, ("title", "pk"), (Lower("title"), "-pk"), ("-label", "title", "pk"), ("pk",)]


@pytest.fixture
def documents(coalition):
    now = timezone.now()
    titles = ["b", "A", "a", "B", "c", "a", "b"]
    return [DocumentFactory(coalition=coalition, title=title, published=True, published_at=now) for title in titles]


@pytest.mark.parametrize("row_order", ROW_ORDERS, ids=str)
def test_pages_cover_all_rows_in_both_directions(documents, row_order):
    rows, forth, back = Document.objects.all(), [], []
    place = PageCursor()
    while place is not None:
        page = get_page(rows, row_order, place, page_size=2)
        forth.append([row.pk for row in page.rows])
        place = PageCursor(after=page.after) if page.after else None
    place = PageCursor(before=page.before)
    while place is not None:
        page = get_page(rows, row_order, place, page_size=2)
        back.append([row.pk for row in page.rows])
        place = PageCursor(before=page.before) if page.before else None

    assert [pk for page in forth for pk in page] == [row.pk for row in rows.order_by(*row_order)]
    assert back[::-1] == forth[:-1]
    assert page.is_first


def test_address_of_earlier_version_leads_to_same_page(client, coalition, documents):
    row = Document.objects.order_by(*NEWEST_RECORD_FIRST)[2]
    old = client.get(f"/{coalition.slug}/documents/", {"after": f"{row.published_at}~{row.pk}"})
    new = client.get(f"/{coalition.slug}/documents/", {"after": row.pk})

    assert [each.pk for each in old.context["page"].rows] == [each.pk for each in new.context["page"].rows]
    assert len(old.context["page"].rows) == len(documents) - 3


def test_keyset_pagination_is_only_pager():
    reads = re.compile(r"""GET(\.get\(|\[)["'](after|before)["']""")
    found = {
        str(path.relative_to(CODE_FOLDER))
        for path in CODE_FOLDER.rglob("*.py")
        if reads.search(path.read_text("utf-8"))
    }

    assert found == {"drafting/views/clause_editing.py"}  # the clause that a new one follows
