"""Names that are not public are shown once, before everyone can read them in a text, a version or a response."""

import pytest
from django.urls import reverse

from jukwaa.accounts.models import Person
from jukwaa.drafting import actions
from jukwaa.drafting.models import Disposition, Edition, Text
from tests.conftest import create_seated_person
from tests.drafting.dispositions import make_input_giver
from tests.factories import TextFactory

NAMING_CLAUSE = "Drafted by the working group (coord. Aino Lehtovirta)."
QUESTION = "These names are not public yet."
WARNING = "This looks like a name that is not public: Aino Lehtovirta."


@pytest.fixture(autouse=True)
def hidden_person(coalition):
    return create_seated_person(coalition, "Aino Lehtovirta")


@pytest.fixture
def create_text(coalition, member):
    def create_naming_text(**more):
        about = {"coalition": coalition, "author": member, "title": "Guideline"}
        return TextFactory(**about | more, saying=["Purpose of it.", NAMING_CLAUSE])

    return create_naming_text


@pytest.fixture
def press(client, coalition):
    """Post a form, as this person; `seen` takes the key of the page that asked."""

    def post_form(person, route, text, seen=None, **sent):
        client.force_login(person)
        names = {"names_seen": seen.context["names_seen"]} if seen else {}
        return client.post(reverse(f"drafting:{route}", args=[coalition.slug, text.pk]), sent | names)

    return post_form


def test_draft_is_shared_with_everyone_after_its_names_were_shown(press, create_text, member):
    text = create_text(label="TLP:CLEAR")
    asked = press(member, "text_open", text)
    unchanged = Text.objects.get().state
    shared = press(member, "text_open", text, seen=asked)

    assert (QUESTION in asked.text, "Aino Lehtovirta</bdi></b>" in asked.text) == (True, True)
    assert reverse("drafting:clause_edit", args=["ours", text.pk, 2]) in asked.text
    assert (unchanged, Text.objects.get().state, shared.url) == ("draft", "published", text.get_absolute_url())


def test_draft_for_members_is_shared_at_once(press, create_text, member):
    text = create_text(label="TLP:GREEN")
    press(member, "text_open", text)

    assert Text.objects.get().state == "published"


def test_public_names_are_not_asked_about(press, create_text, member):
    Person.objects.filter(name="Aino Lehtovirta").update(name_is_public=True)
    press(member, "text_open", create_text(label="TLP:CLEAR"))

    assert Text.objects.get().state == "published"


def test_members_do_not_learn_names_of_people_who_left(press, create_text, member, rapporteur, coalition):
    Person.objects.filter(name="Aino Lehtovirta").update(former_in=[coalition.pk])
    asked = press(rapporteur, "text_open", create_text(label="TLP:CLEAR", author=rapporteur))
    text = create_text(label="TLP:CLEAR")
    press(member, "text_open", text)

    assert QUESTION in asked.text
    assert Text.objects.get(pk=text.pk).state == "published"


def test_names_in_earlier_revisions_are_shown(press, create_text, member):
    text = create_text(label="TLP:CLEAR")
    placement = text.placements.get(clause__number=2)
    actions.write_clause_body(
        actor=member, clause=placement.clause, clause_body="By all.", from_digest=placement.wording.digest
    )
    actions.create_named_revision(actor=member, text=Text.objects.get())

    assert QUESTION in press(member, "text_open", text).text


def test_version_is_published_after_its_names_were_shown(client, press, create_text, rapporteur):
    text = create_text(label="TLP:CLEAR", published=True)
    sent = {"revision": "1", "without_call": "Agreed elsewhere."}
    client.force_login(rapporteur)
    page = client.get(reverse("drafting:edition_new", args=["ours", text.pk]))
    asked = press(rapporteur, "edition_new", text, **sent)
    unchanged = Edition.objects.exists()
    press(rapporteur, "edition_new", text, seen=asked, **sent)

    assert (QUESTION in page.text, QUESTION in asked.text, unchanged) == (True, True, False)
    assert Edition.objects.get().number == "1.0"


def test_version_for_members_is_published_at_once(press, create_text, rapporteur):
    press(rapporteur, "edition_new", create_text(label="TLP:GREEN", published=True), revision="1", without_call="Late.")

    assert Edition.objects.get().number == "1.0"


@pytest.mark.parametrize("sent", [{}, {"continue": "publish"}])
def test_revision_that_everyone_reads_shows_new_names_only(press, create_text, member, coalition, sent):
    text = create_text(label="TLP:CLEAR", published=True)
    create_seated_person(coalition, "Niamh Daly")
    actions.add_clauses(actor=member, text=text, clause_drafts=[actions.ClauseDraft("Proposed by Niamh Daly.")])
    asked = press(member, "revision_new", text, **sent)
    count = text.revisions.count()
    press(member, "revision_new", text, seen=asked, **sent)

    assert ("Niamh Daly</bdi></b>" in asked.text, "Aino Lehtovirta</bdi></b>" in asked.text) == (True, False)
    assert ('name="continue" value="publish"' in asked.text) == bool(sent)
    assert (count, text.revisions.count()) == (1, 2)


def post_text_details(press, person, text, **changed):
    values = {"title": text.title, "form": "guideline", "summary": "", "language": "en", "label": text.label}
    version = Text.objects.get().version
    return press(
        person, "text_edit", text, **values | {"organisations": "", "persons": "", "version": version} | changed
    )


def test_text_is_opened_to_everyone_after_its_names_were_shown(press, create_text, member):
    text = create_text(label="TLP:GREEN", published=True)
    asked = post_text_details(press, member, text, label="TLP:CLEAR")
    unchanged = Text.objects.get().label
    post_text_details(press, member, text, label="TLP:CLEAR", seen=asked)

    assert (QUESTION in asked.text, unchanged, Text.objects.get().label) == (True, "TLP:GREEN", "TLP:CLEAR")


def test_new_title_that_everyone_reads_is_shown_once(press, create_text, member):
    text = create_text(label="TLP:CLEAR", published=True)
    asked = post_text_details(press, member, text, title="Notes of Aino Lehtovirta")
    screened = asked.context["form"]["screened"].value()
    post_text_details(press, member, text, title="Notes of Aino Lehtovirta", screened=screened)

    assert WARNING in asked.text
    assert Text.objects.get().title == "Notes of Aino Lehtovirta"


def test_reason_of_a_response_that_everyone_reads_is_shown_once(press, consultation, member, rapporteur):
    given = make_input_giver(consultation, member)()
    sent = {"answer": "noted", "reason": "Thanks, see Aino Lehtovirta."}
    asked = press(rapporteur, "input_answer", given, **sent)
    unchanged = Disposition.objects.exists()
    press(rapporteur, "input_answer", given, **sent, screened=asked.context["form"]["screened"].value())

    assert (WARNING in asked.text, unchanged, Disposition.objects.get().reason) == (True, False, sent["reason"])


def test_names_beside_a_version_are_shown_once(press, create_text, rapporteur):
    text = create_text(label="TLP:CLEAR", published=True)
    asked = press(rapporteur, "edition_new", text, revision="1", without_call="Aino Lehtovirta agreed elsewhere.")

    assert WARNING in asked.text
    assert not Edition.objects.exists()
