"""The page on which columns are matched: its errors at the top, and which columns lead to a question later."""


def test_error_far_down_is_named_at_the_top(import_rows, client, build_coalition_url, coordinator):
    heading = ["Organisation", "Contact person", "HasOptedOutOfEmail", "Notes"]
    brought = import_rows(["Quillwort", "Ana Vidal", "1", "under 18"], heading=heading)
    client.force_login(coordinator)
    url = build_coalition_url("import_map", brought.pk)
    page = client.post(url, {"column0": "name", "column1": "contact", "standing": "member"}).text

    assert "There is 1 problem:" in page
    assert page.index('<a href="#id_all_adults">') < page.index('name="column0"')


def test_columns_that_lead_to_a_question_say_so(import_rows, client, build_coalition_url, coordinator):
    heading = ["Organisation", "Contact person", "HasOptedOutOfEmail", "Notes"]
    brought = import_rows(["Quillwort", "Ana Vidal", "0", "Call on Mondays"], heading=heading)
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_map", brought.pk)).text
    hint = "We will ask about rows that say that the person"

    assert page.count(hint) == 1
    assert page.index("Call on Mondays") < page.rindex("HasOptedOutOfEmail") < page.index(hint)


def test_row_form_lists_the_words_for_the_status(import_rows, client, build_coalition_url, coordinator):
    brought = import_rows(["Quillwort", "member"], heading=["Organisation", "Status"])
    client.force_login(coordinator)
    page = client.get(build_coalition_url("import_row", brought.pk, brought.rows.get().pk)).text

    assert "Enter one of these: member; membership ended; observer; not a member." in page
