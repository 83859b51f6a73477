"""A coordinator imports messy lists of members in Chromium: columns, questions, preview, result, and undoing it all."""

import pytest
from playwright.sync_api import Page, expect

from jukwaa.coalitions.models import Affiliation, Organisation
from tests.browser.axe import find_accessibility_violations
from tests.browser.conftest import Open
from tests.browser.test_journeys import HOME_URL, check_flash_message, check_page_title, follow_link, press_button
from tests.coalitions.messy_spreadsheets import build_arabic_workbook, build_english_workbook, build_french_csv

pytestmark = pytest.mark.browser

WATCH_FOUNDATION_NAME = "Internet Watch Foundation"
IMPORTED_ORGANISATIONS = {
    ("Child Helpline Kenya", "KE"),
    ("Watoto Salama", "KE"),
    ("Enfants du Congo", "CD"),
    ("Korea Safe Net", "KR"),
    ("Telecom Regulator", "GH"),
}
ADULTS_LABEL = "All other contact people in the file are 18 or older"
XLSX_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def upload_spreadsheet(page: Page, file_name: str, file_content: bytes, media_type: str = XLSX_MEDIA_TYPE) -> None:
    page.goto(f"{HOME_URL}imports/new/")
    page.get_by_label("Members (1 organisation in each row)").check()
    page.get_by_label("File", exact=True).set_input_files(
        {"name": file_name, "mimeType": media_type, "buffer": file_content}
    )
    press_button(page, "Upload file")
    check_page_title(page, "Match columns")


def confirm_columns(page: Page) -> None:
    page.get_by_label(ADULTS_LABEL).check()
    press_button(page, "Continue")


def check_page_fits(page: Page) -> None:
    """No page is wider than a phone, and no rule of accessibility is broken."""
    page.set_viewport_size({"width": 360, "height": 800})
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert find_accessibility_violations(page) == {}
    page.set_viewport_size({"width": 1280, "height": 900})


def find_preview_row(page: Page, row_number: int):
    page.locator("main").evaluate("main => main.querySelectorAll('details').forEach(each => { each.open = true })")
    return page.get_by_role("row").filter(has=page.get_by_role("cell", name=str(row_number), exact=True)).first


def check_columns_page(page: Page) -> None:
    expect(page.locator(".notice")).to_contain_text("The column headings are in row 4.")
    expect(page.locator("h1 + p")).to_contain_text("sheet “Members 2026”")
    expect(page.locator(".notice")).to_contain_text("Sheets not imported: Read me.")
    expect(page.get_by_label("Internal remarks")).to_have_value("")
    press_button(page, "Continue")
    expect(page.locator(".error").first).to_contain_text("Confirm that all other contact people are 18 or older")
    check_page_fits(page)


def answer_import_questions(page: Page) -> None:
    check_page_title(page, "Questions about the spreadsheet")
    check_page_fits(page)
    page.get_by_label("“INGO” in “Stakeholder group”").select_option("Civil society")
    page.get_by_label("Dates such as 03/04/2013").select_option("The day comes first: 3 April 2013")
    page.get_by_label("“Congo” in “Country”").select_option("Congo - Kinshasa")
    page.get_by_label("“Korea” in “Country”").select_option("South Korea")
    press_button(page, "Save answers")
    check_flash_message(page, "Answers saved. 1 row still needs an answer.")
    page.get_by_label("Email address of the contact person").select_option("b@watoto.example")
    press_button(page, "Save answers")


def check_import_preview(page: Page) -> None:
    check_page_title(page, "Import preview")
    check_page_fits(page)
    for text in ("United Kingdom", "in the file: UK", "2009"):
        expect(find_preview_row(page, 5)).to_contain_text(text)
    expect(find_preview_row(page, 8)).to_contain_text("This row will be combined with row 5.")
    expect(find_preview_row(page, 13)).to_contain_text("This row looks like a total")


def test_coordinator_imports_members_and_undoes_it(open_demo_window: Open):
    page = open_demo_window("coordinator")
    before = set(Organisation.objects.values_list("name", flat=True))
    upload_spreadsheet(page, "members.xlsx", build_english_workbook())
    check_columns_page(page)
    confirm_columns(page)
    answer_import_questions(page)
    check_import_preview(page)
    assert set(Organisation.objects.values_list("name", flat=True)) == before
    press_button(page, "Import 7 rows")
    check_flash_message(page, "7 rows imported.")

    new = Organisation.objects.exclude(name__in=before)
    assert set(new.values_list("name", "country")) == IMPORTED_ORGANISATIONS
    combined = Affiliation.objects.filter(organisation__name=WATCH_FOUNDATION_NAME, confirmed_on__isnull=False)
    assert set(combined.values_list("person__name", flat=True)) == {"Ms Jane Doe", "John Roe"}
    page.goto(combined[0].organisation.get_absolute_url())
    for text in ("since 2009", "+44 20 7946 0000"):
        expect(page.locator("main")).to_contain_text(text)

    page.go_back()
    follow_link(page, "Undo import")
    check_page_fits(page)
    expect(page.locator("main")).to_contain_text("5 organisations")
    press_button(page, "Undo import")
    check_flash_message(page, "Import undone.")
    assert set(Organisation.objects.values_list("name", flat=True)) == before


def test_coordinator_imports_french_and_arabic_lists(open_demo_window: Open):
    page = open_demo_window("coordinator")
    upload_spreadsheet(page, "membres.csv", build_french_csv(), "text/csv")
    expect(page.get_by_label("Type d'acteur")).to_have_value("stakeholder_group")
    expect(page.get_by_label("Adhésion depuis")).to_have_value("since")
    confirm_columns(page)
    page.get_by_label("“Administration” in “Stakeholder group”").select_option("Government")
    page.get_by_label("Contact person").fill("Office")
    page.get_by_label("Dates such as 05/06/2012").select_option(index=1)
    press_button(page, "Save answers")
    expect(find_preview_row(page, 5)).to_contain_text("1 August 2011")
    press_button(page, "Import 4 rows")
    assert Organisation.objects.filter(country="CD", stakeholder_group="government").exists()

    upload_spreadsheet(page, "members.xlsx", build_arabic_workbook())
    confirm_columns(page)
    expect(find_preview_row(page, 4)).to_contain_text("Egypt")
    expect(find_preview_row(page, 7)).to_contain_text("This row looks like a total")
    press_button(page, "Import 3 rows")
    check_flash_message(page, "3 rows imported.")
    assert Organisation.objects.get(name="جمعية حماية الطفل").affiliations.get().person.name == "ليلى"
