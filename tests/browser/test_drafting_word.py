"""A draft goes out as a Word file and comes back, walked in Chromium, with scripts and without."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.drafting.models import Consultation, Input
from tests.browser.axe import violations
from tests.browser.conftest import Open, cookie_of
from tests.browser.test_journeys import press, saved, told
from tests.drafting import hands
from tests.factories import ConsultationFactory, TextFactory

pytestmark = pytest.mark.browser

SAYING = [
    "Providers may report what they find to the hotline of their country.",
    "A named contact answers within three working days.",
    "This text is read again every second year.",
]


@pytest.fixture
def asked(coalition: Coalition) -> Consultation:
    text = TextFactory(coalition=coalition, title="Working with providers", published=True, saying=SAYING)
    return ConsultationFactory(text=text)


class Desk(NamedTuple):
    page: Page
    has_script: bool


@pytest.fixture(params=[True, False], ids=["with-scripts", "scripts-off"])
def desk(request, windows: Open, live_server: LiveServer, coalition: Coalition, member: Person) -> Desk:
    page = windows(script=request.param)
    page.context.add_cookies([{**cookie_of(member), "url": live_server.url}])
    return Desk(page, request.param)


def test_a_draft_is_fetched_written_in_sent_back_looked_at_and_entered(desk: Desk, asked: Consultation):
    page = desk.page
    page.goto(f"/ours/texts/{asked.text_id}/consultations/{asked.pk}/returned/")
    draft = saved(page, "Download the draft as a Word file")
    written = hands.edited(
        draft,
        hands.tracked("may", "must", "Ann A."),
        hands.remark("named contact", "Whose contact?", "Ann A."),
        hands.added("It is kept by the coalition.", before="[3]"),
    )
    press(page, "Upload and check")
    expect(page.locator("main")).to_contain_text("Choose the Word file with your changes and comments.")

    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.get_by_label("Word file").set_input_files({"name": "draft.docx", "mimeType": kind, "buffer": written})
    press(page, "Upload and check")

    expect(page.get_by_role("heading", name="Check the inputs from your Word file")).to_be_visible()
    expect(page.locator("ins")).to_have_text(["must"])
    expect(page.locator("main")).not_to_contain_text("Ann A.")
    if desk.has_script:
        assert violations(page) == {}
    page.get_by_role("checkbox", name="Comment").uncheck()
    press(page, "Add selected inputs")

    told(page, "2 inputs added.")
    given = Input.objects.order_by("clause__number")
    assert [(one.kind, one.clause.number, one.exact, one.body or one.proposed) for one in given] == [
        ("proposal", 1, "", "Providers must report what they find to the hotline of their country."),
        ("question", 2, "named contact", "Whose contact?"),
    ]
