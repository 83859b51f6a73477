"""Those who do something together, and people with a role: whom a name in a report means, and as what they count."""

from datetime import date

from jukwaa.intake import actions
from jukwaa.intake.models import Actor
from tests.factories import AffiliationFactory, OrganisationFactory, PersonFactory, RoleFactory
from tests.intake.readings import create_reading
from tests.intake.test_reading_people import accept_attendance, list_attendees

MEETING_DAY = date(2025, 2, 12)
TEXT = """Minutes

Present: Yaw Mensah, Lotte Verhaan, Ruth Unknown

Action | Owner | Due
Write the page | Lotte Verhaan and Dina Said | 3 May
Ask the school | Dina, Lotte Verhaan | 4 May
"""


def get_commitment_suggestion(reading, words):
    return reading.suggestions.filter(kind="commitment", text__startswith=words).order_by("pk").first()


def test_each_of_several_owners_is_matched_and_none_is_lost(coalition, rapporteur):
    organisations = {}
    for name in ("Lotte Verhaan", "Dina Said"):
        organisations[name] = OrganisationFactory(coalition=coalition)
        AffiliationFactory(person__name=name, organisation=organisations[name])
    reading = create_reading(coalition, rapporteur, TEXT, meeting_on=MEETING_DAY)

    tasks = reading.suggestions.filter(kind="commitment", text__startswith="Write the page").order_by("pk")
    assert [(task.owner, task.actors, task.text) for task in tasks] == [
        ("Lotte Verhaan", ["Lotte Verhaan"], "Write the page"),
        ("Dina Said", ["Dina Said"], "Write the page"),
    ]
    matched = reading.actors.filter(means=Actor.Means.MATCHED)
    assert {row.written: row.organisation for row in matched} == organisations
    assert not reading.actors.filter(written="Dina").exists()


def test_full_name_matches_without_a_confirmed_affiliation(coalition, rapporteur):
    affiliation = AffiliationFactory(
        person__name="Lotte Verhaan",
        organisation=OrganisationFactory(coalition=coalition),
        confirmed_on=None,
        confirmed_by=None,
    )
    reading = create_reading(coalition, rapporteur, TEXT, meeting_on=MEETING_DAY)

    assert reading.actors.get(written="Lotte Verhaan").organisation == affiliation.organisation


def test_full_name_of_two_organisations_is_not_matched_without_a_confirmation(coalition, rapporteur):
    person = PersonFactory(name="Lotte Verhaan")
    for _number in range(2):
        organisation = OrganisationFactory(coalition=coalition)
        AffiliationFactory(person=person, organisation=organisation, confirmed_on=None, confirmed_by=None)
    reading = create_reading(coalition, rapporteur, TEXT, meeting_on=MEETING_DAY)

    assert reading.actors.get(written="Lotte Verhaan").organisation is None


def test_owner_changed_at_the_desk_is_matched(coalition, rapporteur):
    organisation = OrganisationFactory(coalition=coalition)
    AffiliationFactory(person__name="Kofi Danso", organisation=organisation)
    reading = create_reading(coalition, rapporteur, TEXT, meeting_on=MEETING_DAY)
    task = get_commitment_suggestion(reading, "Ask the school")

    wording = actions.SuggestionWording(
        kind="commitment", text="Ask the school", actors=["Kofi Danso"], owner="Kofi Danso"
    )
    actions.edit_suggestion(actor=rapporteur, suggestion=task, from_version=task.version, wording=wording)

    assert reading.actors.get(written="Kofi Danso").organisation == organisation


def test_coordinator_counts_as_member_and_an_unknown_name_does_not(coalition, rapporteur):
    RoleFactory(coalition=coalition, person=PersonFactory(name="Yaw Mensah"), starts_on=date(2026, 1, 1))
    former = RoleFactory(coalition=coalition, person=PersonFactory(name="Lotte Verhaan"), ends_on=date(2024, 1, 1))
    reading = create_reading(coalition, rapporteur, TEXT, meeting_on=MEETING_DAY)
    accept_attendance(rapporteur, reading)
    meeting = actions.enter_reading(actor=rapporteur, reading=reading).meeting

    attendees = list_attendees(meeting)
    assert attendees["Yaw Mensah"] == ("", "member")
    assert attendees[former.person.name] == ("", "observer")
    assert attendees["Ruth Unknown"] == ("", "observer")


INITIALS_TEXT = """Minutes

Present: Lotte Verhaan (LV, chair), Dina Said (ZCD), Jan van Berg (JvB), Ana Ruiz, Abe Rolf

Action | Owner | Due
Write the page | LV, DS | 3 May
Ask the school | JvB | 4 May
Call the painter | AR | 5 May
"""


def test_initials_of_attendees_are_replaced_by_full_names(coalition, rapporteur):
    reading = create_reading(coalition, rapporteur, INITIALS_TEXT, meeting_on=MEETING_DAY)

    tasks = reading.suggestions.filter(kind="commitment").order_by("start", "pk")
    assert [(task.owner, task.actors) for task in tasks] == [
        ("Lotte Verhaan", ["Lotte Verhaan"]),
        ("Dina Said", ["Dina Said"]),
        ("Jan van Berg", ["Jan van Berg"]),
        ("AR", ["AR"]),  # two people have them
    ]
    assert not reading.actors.filter(written="LV").exists()
