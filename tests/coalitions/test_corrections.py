"""What was entered wrongly of a person is corrected: the name, the time in an organisation, the term of a role."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jukwaa.coalitions.actions import change_affiliation, change_person, change_role, end_role
from jukwaa.coalitions.models import Activity, Affiliation, Role
from jukwaa.core.refusals import ActionRefused
from tests.factories import AffiliationFactory, PersonFactory, RoleFactory

WRONG, RIGHT, LAST = date(2009, 1, 1), date(2008, 1, 1), date(2012, 12, 31)


@pytest.fixture
def ended_affiliation(organisation):
    return AffiliationFactory(
        organisation=organisation, person__name="Rosa Misspelt", position="advisor", starts_on=WRONG
    )


@pytest.fixture
def role_term(coalition, ended_affiliation):
    return RoleFactory(coalition=coalition, person=ended_affiliation.person, kind="chair", starts_on=WRONG)


def list_activities():
    return list(Activity.objects.order_by("pk").values_list("verb", "kind", "object_id", "actor"))


def test_coordinator_correction_writes_one_activity_each(
    client, build_coalition_url, coordinator, ended_affiliation, role_term
):
    client.force_login(coordinator)
    person = build_coalition_url("person_detail", ended_affiliation.person_id)
    for _time in range(2):
        answers = [
            client.post(build_coalition_url("person_change", ended_affiliation.person_id), {"name": "Rosa Right"}).url,
            client.post(
                build_coalition_url("affiliation_change", ended_affiliation.pk),
                {"position": "adviser", "starts_on": RIGHT},
            ).url,
            client.post(
                build_coalition_url("role_change", role_term.pk),
                {"kind": "editor", "starts_on": RIGHT, "ends_on": LAST},
            ).url,
        ]
    page = client.get(person).text

    assert answers == [person, person, build_coalition_url("roles")]
    assert [words in page for words in ("Rosa Right", "adviser", "since 1 January 2008", "editor")] == [True] * 4
    kept = Affiliation.objects.get(pk=ended_affiliation.pk)
    assert (kept.confirmed_on, kept.confirmed_by) == (ended_affiliation.confirmed_on, ended_affiliation.confirmed_by)
    assert list(Role.objects.filter(pk=role_term.pk).values_list("kind", "starts_on", "ends_on")) == [
        ("editor", RIGHT, LAST)
    ]
    assert list_activities() == [
        ("changed", "person", ended_affiliation.person_id, coordinator.pk),
        ("changed", "affiliation", ended_affiliation.pk, coordinator.pk),
        ("changed", "role", role_term.pk, coordinator.pk),
    ]


@pytest.mark.parametrize("persona", ["member", "delegate", "rapporteur", "outsider"])
def test_only_coordinators_can_correct_entries(
    client, request, coalition, build_coalition_url, ended_affiliation, role_term, persona
):
    actor = request.getfixturevalue(persona)
    client.force_login(actor)
    seen = {"outsider": 404}.get(persona, 403)

    assert client.get(build_coalition_url("person_change", ended_affiliation.person_id)).status_code == 403
    assert client.post(build_coalition_url("role_change", role_term.pk), {"kind": "editor"}).status_code == 403
    assert (
        client.post(build_coalition_url("affiliation_change", ended_affiliation.pk), {"position": "x"}).status_code
        == seen
    )
    for deed in (
        lambda: change_person(actor=actor, coalition=coalition, person=ended_affiliation.person, name="x"),
        lambda: change_affiliation(
            actor=actor, affiliation=ended_affiliation, position="x", starts_on=None, ends_on=None
        ),
        lambda: change_role(actor=actor, role=role_term, kind="editor", starts_on=None, ends_on=None),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert list_activities() == []


def test_name_of_person_who_signed_in_cannot_be_corrected(client, build_coalition_url, coordinator, ended_affiliation):
    ended_affiliation.person.last_login = timezone.now()
    ended_affiliation.person.save()
    client.force_login(coordinator)
    answer = client.post(build_coalition_url("person_change", ended_affiliation.person_id), {"name": "x"})

    assert (answer.status_code, "in their own settings" in answer.text) == (403, True)
    assert "Correct the name" not in client.get(build_coalition_url("person_detail", ended_affiliation.person_id)).text
    client.force_login(ended_affiliation.person)
    assert (
        "Change who can see your name"
        in client.get(build_coalition_url("person_detail", ended_affiliation.person_id)).text
    )


def test_person_in_two_coalitions_cannot_be_renamed_by_one(
    client, build_coalition_url, coordinator, ended_affiliation, other_coalition
):
    other_coalition.list_entries.create(person=ended_affiliation.person)
    client.force_login(coordinator)
    answer = client.post(build_coalition_url("person_change", ended_affiliation.person_id), {"name": "Rosa Right"})

    assert (answer.status_code, answer.context["form"]["name"].value()) == (422, "Rosa Right")
    assert list(answer.context["form"].errors) == ["name"]
    ended_affiliation.person.refresh_from_db()
    assert ended_affiliation.person.name == "Rosa Misspelt"


def test_adult_contact_can_be_renamed(coalition, coordinator, ended_affiliation):
    PersonFactory(is_minor=True, adult_contact=ended_affiliation.person)
    person = change_person(actor=coordinator, coalition=coalition, person=ended_affiliation.person, name="Rosa Right")

    assert person.name == "Rosa Right"


def test_invalid_correction_is_refused_and_keeps_typed_values(
    client, build_coalition_url, coordinator, organisation, ended_affiliation, role_term
):
    over = AffiliationFactory(organisation=organisation, person=ended_affiliation.person, starts_on=WRONG, ends_on=LAST)
    ended = RoleFactory(
        coalition=role_term.coalition, person=ended_affiliation.person, kind="chair", starts_on=RIGHT, ends_on=LAST
    )
    client.force_login(coordinator)
    reversed_days = {"starts_on": LAST, "ends_on": RIGHT}
    asked = [
        (
            build_coalition_url("affiliation_change", ended_affiliation.pk),
            reversed_days,
            "Enter a last day on or after the first day.",
        ),
        (
            build_coalition_url("affiliation_change", over.pk),
            {"starts_on": RIGHT},
            "another current affiliation with the organisation",
        ),
        (
            build_coalition_url("role_change", role_term.pk),
            {"kind": "chair"} | reversed_days,
            "on or after the first day",
        ),
        (
            build_coalition_url("role_change", ended.pk),
            {"kind": "chair", "starts_on": WRONG},
            "another current term in this role",
        ),
    ]

    for address, form, sentence in asked:
        answer = client.post(address, form)
        assert (answer.status_code, sentence in answer.context["form"].errors["ends_on"][0]) == (422, True)
        assert answer.context["form"]["starts_on"].value() == str(form["starts_on"])
    assert list_activities() == []


def test_changed_role_is_granted_and_past_role_is_corrected(coalition, coordinator, ended_affiliation, role_term):
    change_role(actor=coordinator, role=role_term, kind="editor", starts_on=WRONG, ends_on=None)
    change_role(actor=coordinator, role=role_term, kind="chair", starts_on=WRONG, ends_on=LAST)

    assert [verb for verb, *_ in list_activities()] == ["gave", "changed"]


def test_correction_cannot_remove_last_coordinator(coalition, coordinator):
    today = timezone.localdate()
    role = Role.objects.get(kind="coordinator")
    RoleFactory(coalition=coalition, starts_on=RIGHT, ends_on=LAST)  # was one, and is none today
    for kind, starts_on, ends_on in [
        ("chair", None, None),
        ("coordinator", today + timedelta(days=1), None),
        ("coordinator", None, today),
        ("coordinator", RIGHT, RIGHT),
        ("coordinator", None, today + timedelta(days=30)),
    ]:
        with pytest.raises(ActionRefused, match="needs at least 1 coordinator"):
            change_role(actor=coordinator, role=role, kind=kind, starts_on=starts_on, ends_on=ends_on)
    with pytest.raises(ActionRefused, match="needs at least 1 coordinator"):
        end_role(actor=coordinator, role=role, ends_on=RIGHT)

    change_role(actor=coordinator, role=role, kind="coordinator", starts_on=RIGHT, ends_on=None)
    RoleFactory(coalition=coalition)
    change_role(actor=coordinator, role=role, kind="coordinator", starts_on=RIGHT, ends_on=LAST)
    role.refresh_from_db()
    assert role.ends_on == LAST


def test_last_coordinator_can_correct_own_past_term(coalition, coordinator):
    past = RoleFactory(coalition=coalition, person=coordinator, starts_on=WRONG, ends_on=LAST)
    changed = change_role(actor=coordinator, role=past, kind="coordinator", starts_on=RIGHT, ends_on=date(2011, 1, 1))

    assert (changed.starts_on, changed.ends_on) == (RIGHT, date(2011, 1, 1))
