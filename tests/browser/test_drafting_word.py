"""A draft goes out as a Word file and comes back, walked in Chromium, with scripts and without."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.drafting.models import Consultation, Input
from tests.browser.axe import find_accessibility_violations
from tests.browser.conftest import SCRIPTS_BY_MODE, Open, build_session_cookie
from tests.browser.test_journeys import check_flash_message, download_linked_file, press_button
from tests.drafting import word_edits
from tests.factories import ConsultationFactory, TextFactory

pytestmark = pytest.mark.browser

CLAUSE_BODIES = [
    "Providers may report what they find to the hotline of their country.",
    "A named contact answers within three working days.",
    "This text is read again every second year.",
]


@pytest.fixture
def consultation(coalition: Coalition) -> Consultation:
    text = TextFactory(coalition=coalition, title="Working with providers", published=True, saying=CLAUSE_BODIES)
    return ConsultationFactory(text=text)


class RapporteurPage(NamedTuple):
    page: Page
    has_script: bool


@pytest.fixture(params=SCRIPTS_BY_MODE.values(), ids=SCRIPTS_BY_MODE.keys())
def rapporteur_page(
    request, open_window: Open, live_server: LiveServer, coalition: Coalition, member: Person
) -> RapporteurPage:
    page = open_window(script=request.param)
    page.context.add_cookies([{**build_session_cookie(member), "url": live_server.url}])
    return RapporteurPage(page, request.param)


def test_draft_is_edited_in_word_returned_and_added_as_inputs(
    rapporteur_page: RapporteurPage, consultation: Consultation
):
    page = rapporteur_page.page
    page.goto(f"/ours/texts/{consultation.text_id}/consultations/{consultation.pk}/returned/")
    draft = download_linked_file(page, "Download the draft as a Word file")
    written = word_edits.edit_word_document(
        draft,
        word_edits.replace_tracked("may", "must", "Ann A."),
        word_edits.comment_on("named contact", "Whose contact?", "Ann A."),
        word_edits.insert_paragraph("It is kept by the coalition.", next_text="[3]"),
    )
    press_button(page, "Upload and check the file")
    expect(page.locator("main")).to_contain_text("Choose the Word file with your changes and comments.")

    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.get_by_label("Word file").set_input_files({"name": "draft.docx", "mimeType": kind, "buffer": written})
    press_button(page, "Upload and check the file")

    expect(page.get_by_role("heading", name="Check the inputs from your Word file")).to_be_visible()
    expect(page.locator("ins")).to_have_text(["must"])
    expect(page.locator("main")).not_to_contain_text("Ann A.")
    if rapporteur_page.has_script:
        assert find_accessibility_violations(page) == {}
    page.get_by_role("checkbox", name="Comment").uncheck()
    press_button(page, "Add selected inputs")

    check_flash_message(page, "2 inputs added.")
    given = Input.objects.order_by("clause__number")
    assert [(one.kind, one.clause.number, one.exact, one.body or one.proposed) for one in given] == [
        ("proposal", 1, "", "Providers must report what they find to the hotline of their country."),
        ("question", 2, "named contact", "Whose contact?"),
    ]
