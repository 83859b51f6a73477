"""Marks, lead-ins and headings: what they govern, who does it, and by when."""

import pytest

from jukwaa.intake.reader import read_report


def find_suggested_kinds(text, *kinds):
    return [(s.kind, s.quote) for s in read_report(text).suggestions if not kinds or s.kind in kinds]


@pytest.mark.parametrize(
    ("report_line", "owner_name", "expected_deadline"),
    [
        (
            "ACTION 14-1: Harbour School to circulate the draft by 31 October 2024",
            "Harbour School",
            "by 31 October 2024",
        ),
        ("ACTION A9/1: Ana Lopes to compile the list by 3 May", "Ana Lopes", "by 3 May"),
        ("ACTION C11-1: Compile a list of helplines", "", ""),
        ("ACTION A9: Compile a list of helplines", "", ""),
        ("AP A10/2. Ben to write an annex", "Ben", ""),
        ("ACTION AL2: Send the list", "AL2", ""),
        ("ACTION B2B: Send the list", "B2B", ""),
        ("[ACTION] HST: share the slides", "HST", ""),
        ("AI-3: Ben to book the hall", "Ben", ""),
        ("**Action - AL to ask the host.**", "AL", ""),
        ("**Action point**: Dina to send the agenda", "Dina", ""),
        ("Action on all: read the draft by Tuesday 2 May", "all", "by Tuesday 2 May"),
        ("Action. Ana Lopes agreed to pass on the complaint.", "Ana Lopes", ""),
        ("ACTION: AL/BO to send a list of hosts", "AL", ""),
        ("Todo (Ana): paint the fence before the next meeting", "Ana", "before the next meeting"),
        ("AI @ana to paint the fence", "@ana", ""),
        ("ACTION: the secretariat will write to the town", "secretariat", ""),
        ("ACTION: Announce to members", "", ""),
        ("Action 5: paint the fence (Ben Okoro)", "Ben Okoro", ""),
        ("ACTION: someone needs to paint the fence", "", ""),
    ],
)
def test_action_marker_of_any_form_gives_owner_and_deadline(report_line, owner_name, expected_deadline):
    found = read_report(f"The hosts were thanked.\n\n{report_line}\n\nNothing else was said.").suggestions

    assert [(s.owner, s.due) for s in found if s.kind == "commitment"] == [(owner_name, expected_deadline)]


@pytest.mark.parametrize(
    ("report_line", "owner_names", "expected_deadline"),
    [
        (
            "ACTION 9/1: Compile a list of hosts. Ms Lopes and Mr Okoro, by 31 January 2026",
            ("Ms Lopes", "Mr Okoro"),
            "by 31 January 2026",
        ),
        ("ACTION 9/1: Compile a list. Ana Lopes", ("Ana Lopes",), ""),
        ("ACTION 9/1: Compile a list. Theo Lind, by 3 May", ("Theo Lind",), "by 3 May"),
        ("ACTION 9/1: Write the paper. Mr Okoro, for the next Plenary", ("Mr Okoro",), "the next Plenary"),
        ("ACTION 9/1: Write the paper. The Secretary", ("Secretary",), ""),
        ("Action: Write the paper. Secretariat, by end of May", ("Secretariat",), "by end of May"),
        ("ACTION 9/1: Write the paper. Use the old form. Sra. Haddad, by 3 May.", ("Sra. Haddad",), "by 3 May"),
        ("## ACTION A9/1: Write the paper. Dra. Haddad and Mr Lind, by 3 May", ("Dra. Haddad", "Mr Lind"), "by 3 May"),
        ("ACTION 9/1: Ana to book the hall. Mr Okoro, by 3 May", ("Ana",), "by 3 May"),
        ("ACTION 9/1: Compile a list. Theo Lind", (), ""),
        ("ACTION 9/1: Ask the donors. Red Cross, in Geneva", (), ""),
        ("ACTION 9/1: Book the hall. Urgent, by 3 May", (), "by 3 May"),
        ("ACTION 9/1: Thank Ms. Lind, by 3 May", (), "by 3 May"),
        ("ACTION 9/1: Write the paper. Mr Okoro thanked the hosts.", (), ""),
        ("ACTION 9/1: Write the paper for the next Plenary", (), ""),
    ],
)
def test_last_sentence_of_names_and_deadline_says_who_acts(report_line, owner_names, expected_deadline):
    present = "PRESENT: Ms Ana Lopes (Elm Farm); Mr Ben Okoro (Oak)."
    found = read_report(
        f"{present}\n\n## Fees\n\nThe fees were discussed.\n\n{report_line}\n\nNothing else."
    ).suggestions

    assert [(s.actors, s.due) for s in found if s.kind == "commitment"] == [(owner_names, expected_deadline)]


def test_names_behind_second_action_of_paragraph_are_not_of_the_first():
    text = "We talked.\n\nACTION 1: Send the list. Ms Lopes. ACTION 2: Send the form. Mr Okoro"

    assert [s.actors for s in read_report(text).suggestions if s.kind == "commitment"] == [(), ("Mr Okoro",)]


def test_reference_with_letters_in_bold_line_is_no_heading():
    text = "# Plenary\n\n## Guidelines\n\nThe hosts were thanked.\n\n## ACTION A10/2: Write an annex to the guide."

    assert find_suggested_kinds(text, "commitment") == [("commitment", "ACTION A10/2: Write an annex to the guide.")]


def test_lines_with_action_markers_are_never_joined():
    first = "ACTION 1: Harbour School to circulate the long draft of the guide by 31 October"
    text = f"{first}\n[ACTION] HST: share it\nAI-3: Ben to go"

    assert [s.owner for s in read_report(text).suggestions] == ["Harbour School", "HST", "Ben"]


@pytest.mark.parametrize(
    "text", ["Decision 5/CP.3\n\nThe fees stay as they are.", "AGREED: The fees stay.", "# Decision 3: The fees stay"]
)
def test_marked_decision_gives_exactly_one_suggestion(text):
    assert [kind for kind, _quote in find_suggested_kinds(text)] == ["decision"]


def test_numbered_decision_without_further_text_is_suggested():
    text = "Decision 5/CP.3\nAGREED: The fees stay."

    assert find_suggested_kinds(text) == [("decision", "Decision 5/CP.3"), ("decision", "AGREED: The fees stay.")]


def test_lead_in_is_prepended_to_its_items_and_is_no_entry():
    text = "The coalition AGREED:\n- to extend the deadline;\n- to invite two hosts.\n"
    found = read_report(text).suggestions

    assert [(s.kind, s.words) for s in found] == [
        ("decision", "The coalition AGREED to extend the deadline"),
        ("decision", "The coalition AGREED to invite two hosts."),
    ]


def test_items_of_a_lead_in_on_plain_lines_are_decisions_too():
    text = "The coalition AGREED:\nto extend the deadline for all inputs;\nto invite two hosts.\n"

    assert [kind for kind, _quote in find_suggested_kinds(text)] == ["decision", "decision"]


def test_owner_in_lead_in_applies_to_its_items():
    text = "**AI - Ben to find out:**\n\n- who pays for the food\n- where the hall is\n"

    assert [(s.kind, s.owner) for s in read_report(text).suggestions] == [("commitment", "Ben"), ("commitment", "Ben")]


def test_agenda_heading_about_commitments_gives_no_commitments():
    text = (
        "Agenda item 2: Review of commitments\n\nThe hosts showed the garden. Four schools have answered the survey.\n"
    )

    assert find_suggested_kinds(text, "commitment") == []
    assert find_suggested_kinds("# Minutes\n\n## Item 3 - Action items\n\n- Ana to paint\n", "commitment") == [
        ("commitment", "Ana to paint")
    ]


@pytest.mark.parametrize(
    "heading_line",
    [
        "Contact groups and informal consultations",
        "Resources",
        "Background",
        "About the hotline",
        "Annex",
        "References",
    ],
)
def test_headings_do_not_suppress_agreements(heading_line):
    text = f"# Minutes\n\n## {heading_line}\n\n### Fees\n\nThe coalition agreed to keep the fees.\n"

    assert find_suggested_kinds(text, "decision") == [("decision", "The coalition agreed to keep the fees.")]


def test_list_below_links_heading_gives_no_suggestions():
    assert (
        find_suggested_kinds("# Minutes\n\n## Links and references\n\n- Report of the board\n- Ana will paint\n") == []
    )


def test_second_sentence_of_an_action_is_no_second_action():
    text = "# Minutes\n\n## Actions\n\n- Ana to send the form to the town. (Must be done by 4 May.)\n"
    [action] = [s for s in read_report(text).suggestions if s.kind == "commitment"]

    assert (action.owner, action.due) == ("Ana", "by 4 May")


def test_english_blocks_of_a_french_report_are_read():
    text = (
        "Compte rendu de la réunion du comité du jardin\n\n"
        "Les membres ont remercié les hôtes pour leur accueil et pour la visite du jardin.\n\n"
        "The committee agreed to raise the fees for all of the members.\n\n"
        "Le comité a décidé de garder les cotisations pour les membres et pour les hôtes.\n\n"
        "Plusieurs écoles souhaitent visiter le jardin au printemps, avec leurs élèves et leurs professeurs.\n"
        "Le trésorier présente les comptes de cette année, qui sont adoptés sans vote.\n"
    )
    reading = read_report(text)

    assert (reading.language, reading.understood) == ("fr", True)
    assert find_suggested_kinds(text) == [
        ("decision", "The committee agreed to raise the fees for all of the members."),
        ("decision", "Le comité a décidé de garder les cotisations pour les membres et pour les hôtes."),
    ]


def test_next_meeting_in_a_heading_is_suggested():
    assert find_suggested_kinds(
        "# Minutes\n\n12. Date of next meeting 11th January 2005\n\nThe meeting closed at 9.30pm.\n"
    ) == [("next_meeting", "Date of next meeting 11th January 2005")]


@pytest.mark.parametrize(
    ("report_line", "owner_name"),
    [
        ("- [AL] Draft a post for the hosts - done", "AL"),
        ("- The old form to be removed (Ana)", "Ana"),
        ("- Ana Lopes - will take over the form", "Ana Lopes"),
        ("AI[BO] file a form about the fence.", "BO"),
        ("- Brad to clean up the list", "Brad"),
        ("- Ana Lopes stated that she would check with the host.", "Ana Lopes"),
    ],
)
def test_note_with_a_name_and_a_task_is_a_commitment(report_line, owner_name):
    found = read_report(f"# Minutes\n\n## Garden\n\n{report_line}\n").suggestions

    assert [s.owner for s in found if s.kind == "commitment"] == [owner_name]


def test_acronym_of_attendee_gives_commitment_and_of_body_gives_decision():
    people = "Present\n\n- AL: Ana Lopes (Lake Trust)\n\n"
    text = f"{people}# Garden\n\nAL agreed to send the form. The TWG agreed to send it.\n"

    assert [(s.kind, s.actors) for s in read_report(text).suggestions if s.kind != "attendee"] == [
        ("commitment", ("AL",)),
        ("decision", ("TWG",)),
    ]


@pytest.mark.parametrize(
    "report_line", ["Quorum was reached.", "[Slides](a.pdf) of the meeting.", "Click here for the poll"]
)
def test_sentence_in_attendee_list_is_not_an_attendee(report_line):
    assert find_suggested_kinds(f"# Minutes\n\n## Present\n\n- Ana Lopes\n\n{report_line}\n", "attendee") == [
        ("attendee", "Ana Lopes")
    ]


def test_prose_list_after_attendees_is_not_read_as_attendees():
    text = "## Present\n\n- Ana Lopes\n\nThe treasurer showed what the new form now contains:\n\n- Rules for the hall\n"

    assert find_suggested_kinds(text, "attendee") == [("attendee", "Ana Lopes")]


def test_names_in_a_heading_are_attendees():
    found = read_report("# Minutes\n\n#### *Present*: Ana Lopes, Ben Okoro\n\nThe garden is green.\n").suggestions

    assert [(s.kind, s.actors) for s in found] == [("attendee", ("Ana Lopes", "Ben Okoro"))]


def test_vote_result_is_a_decision_and_not_a_heading():
    assert find_suggested_kinds("# Minutes\n\n## Fees\n\n- Ana Lopes: Yes\n\n**Passes 6-0**\n", "decision") == [
        ("decision", "**Passes 6-0**")
    ]


def test_date_line_below_the_next_meeting_is_suggested():
    text = "# Minutes\n\n**Date:** 25 June 2025\n\n## Next meeting\n\n- **Date:** 2 July 2025\n- **Time:** 1400h\n"

    assert [kind for kind, _quote in find_suggested_kinds(text, "next_meeting")] == ["next_meeting"]


def test_names_below_an_instruction_are_attendees():
    text = (
        "## Attendees\n\nPut a star if you prefer this time of day:\n\n1. Ana Lopes (Lake Trust)\n2. Ben Okoro (HST)\n"
    )

    assert [quote for _kind, quote in find_suggested_kinds(text, "attendee")] == [
        "Ana Lopes (Lake Trust)",
        "Ben Okoro (HST)",
    ]
