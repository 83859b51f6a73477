"""The preview shows first what has to be checked, and folds the rows that are imported as they are."""

import re

import pytest

HEADINGS = ["Organisation", "Country", "Stakeholder group", "Since", "Status", "Contact person", "E-mail"]


@pytest.fixture
def get_folded_rows(import_rows, client, coordinator, build_coalition_url):
    """The numbers of the rows in the preview that are open, and of those in each folded part."""

    def get(*rows, heading=HEADINGS, then=lambda _brought: None):
        brought = import_rows(*rows, heading=heading)
        then(brought)
        client.force_login(coordinator)
        page = client.get(build_coalition_url("import_preview", brought.pk)).text
        main = page.partition('id="rows"')[2]
        parts = [main.partition("<details")[0], *re.findall(r"<details.*?</details>", main, re.DOTALL)]
        titles = [" ".join(re.sub(r"<[^>]+>", " ", part.partition("</summary>")[0]).split()) for part in parts[1:]]
        numbers = [[int(number) for number in re.findall(r'id="row-(\d+)"', part)] for part in parts]
        return numbers, titles

    return get


@pytest.mark.parametrize(
    "row",
    [
        ["Amani", "Kenya", "Civil society", "2019-03-02", "", "Ana Lopes", "ana@amani.example"],
        ["Amani", "UK", "NGO", "2 March 2019", "active", "", ""],
        ["Amani (AMN)", "Kenya", "NGO", "2019", "", "", "ana@amani.example"],
        ["Amani", "Kenya", "NGO", "Nov 2019", "", "Ana Lopes <ana@amani.example>", ""],
    ],
)
def test_row_that_is_imported_as_written_is_folded(get_folded_rows, row):
    numbers, titles = get_folded_rows(["Baraka", "Utopia"], row)
    assert numbers == [[2], [3]]
    assert titles == ["1 row is imported as it is in the file"]


@pytest.mark.parametrize(
    "row",
    [
        ["Amani", "Kenya", "NGO", "Q3 2019"],
        ["Amani", "worldwide", "NGO"],
        ["Amani", "Utopia", "NGO"],
        ["Amani", "Kenya", "NGO", "", "", "Ana Lopes", "Ana Lopes (shared) ana@amani.example"],
        ["=Amani", "Kenya"],
    ],
)
def test_row_with_doubt_or_change_is_open(get_folded_rows, row):
    numbers, titles = get_folded_rows(["Baraka", "Kenya"], row)
    assert (numbers, len(titles)) == ([[3], [2]], 1)


def test_questions_come_before_changes_and_skipped_rows_are_named(get_folded_rows):
    numbers, titles = get_folded_rows(
        ["AFRICA"], ["Amani", "Kenya", "NGO", "Q3 2019"], ["Baraka", "Utopia"], ["Cheche", "Kenya"], ["Total", "3"]
    )
    assert numbers == [[4, 3], [5], [2, 6]]
    assert titles == ["1 row is imported as it is in the file", "2 rows are not imported AFRICA · Total"]


def test_notice_and_counts_say_what_they_are_about(import_rows, client, coordinator, build_coalition_url):
    """The notice is about all pages, and the numbers of folded rows about one."""
    rows = [[f"Amani {n}", "Kenya", "NGO", "2019", "", "", f"office@amani{n}.example"] for n in range(60)]
    brought = import_rows(*rows, heading=HEADINGS)
    client.force_login(coordinator)
    for number, count in ((1, 50), (2, 10)):
        page = client.get(build_coalition_url("import_preview", brought.pk) + f"?page={number}").text
        assert "Contact people without a name: rows 2, 3, 4, 5, 6, 7, 8, 9 and 52 more." in page
        assert f"{count} rows on this page are imported as they are in the file" in page


def test_result_page_folds_rows_that_were_just_shown(import_rows, client, coordinator, build_coalition_url):
    brought = import_rows(["Amani", "Kenya"], ["Baraka", "Utopia"], ["Total", "3"], heading=HEADINGS)
    client.force_login(coordinator)
    page = client.post(build_coalition_url("import_enter", brought.pk), follow=True).text
    titles = [
        " ".join(re.sub(r"<[^>]+>", " ", each).split())
        for each in re.findall(r"<summary>(.*?)</summary>", page, re.DOTALL)
    ]
    assert titles[-2:] == ["1 row needs an answer", "1 row is not imported Total"]
