"""Who takes part, and from where; a region for those who never heard of the coalition. With scripts and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.test_journeys import check_page_title, follow_link

pytestmark = pytest.mark.browser

HOME_URL = "/child-online-safety/"


def test_visitor_filters_coverage_and_reads_its_table(open_demo_window: Open):
    page = open_demo_window()
    page.goto(f"{HOME_URL}representation/")
    follow_link(page, "Who takes part, by country, region and group")
    check_page_title(page, "Who takes part, and from where")
    main = page.locator("main")
    expect(main.get_by_role("img", name="Attendees:")).to_have_accessible_name("Attendees: 9 countries.")
    follow_link(page, "Attendees")
    check_page_title(page, "Attendees")
    expect(main.get_by_role("row", name="Mauritius")).to_contain_text("1")

    page.get_by_label("Year", exact=True).select_option("2009")
    main.get_by_role("button", name="Apply filters").click()
    expect(main).to_contain_text("6 organisations. Countries: 5.")
    expect(main.get_by_role("row", name="Egypt")).to_have_count(0)
    main.get_by_role("link", name="Show all").click()
    expect(main).to_contain_text("15 organisations. Countries: 9.")

    follow_link(page, "Coverage")
    main.get_by_text("How we count").click()
    expect(main.get_by_text("Meetings under the Chatham House Rule are not counted.")).to_be_visible()
    expect(main).to_contain_text("No members yet from: Asia-Pacific Group")


def test_visitor_reads_region_page(open_demo_window: Open):
    page = open_demo_window()
    page.goto(f"{HOME_URL}coverage/")
    follow_link(page, "African Group")
    check_page_title(page, "African Group")
    main = page.locator("main")
    expect(main).to_contain_text("organisations from this region work in the coalition")
    expect(main.get_by_role("heading", name="Library items from this region")).to_be_visible()
    expect(main).to_contain_text("The representative of Mauritius shared interest in the work done by the coalition")
    follow_link(page, "Eitesal")
    check_page_title(page, "Eitesal")
    page.go_back()
    follow_link(page, "Asia-Pacific Group")
    check_page_title(page, "Asia-Pacific Group")
