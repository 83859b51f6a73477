"""Somebody with the server gives a coalition that lost its last coordinator another one."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from jukwaa.coalitions.models import Activity, Role
from jukwaa.coalitions.standing import Standing
from tests.factories import PersonFactory, RoleFactory


def run_appoint_command(*words):
    out = StringIO()
    call_command("appoint", *words, stdout=out)
    return out.getvalue()


def test_appointed_coordinator_signs_in_once_by_printed_link(client, coalition, member):
    RoleFactory(coalition=coalition, ends_on=date(2020, 1, 1))
    said = run_appoint_command("ours", member.email.upper())
    link = said.splitlines()[-1]
    opened = client.post(link.removeprefix("http://127.0.0.1:8000"))
    client.logout()
    again = client.post(link.removeprefix("http://127.0.0.1:8000"))

    today = timezone.localdate()
    assert said.splitlines()[:2] == [
        f"{member.email} has been a coordinator of Our Coalition since {today}.",
        "Give them this sign-in link. It is valid for 1 day and works once:",
    ]
    assert (opened.status_code, opened.url) == (302, "/ours/roles/")
    assert again.status_code != 302
    assert Standing(member, coalition).is_coordinator
    role = Role.objects.get(person=member)
    assert list(Activity.objects.values_list("verb", "kind", "object_id", "actor", "coalition")) == [
        ("appointed", "role", role.pk, None, coalition.pk)
    ]


def test_appointing_twice_creates_one_role(coalition, member):
    for _time in range(2):
        run_appoint_command("ours", member.email)

    assert (Role.objects.count(), Activity.objects.count()) == (1, 1)


def test_future_role_starts_today(coalition, member):
    RoleFactory(coalition=coalition, person=member, starts_on=timezone.localdate() + timedelta(days=9))
    run_appoint_command("/ours/", member.email)

    assert list(Role.objects.values_list("starts_on", "ends_on")) == [(timezone.localdate(), None)]
    assert Standing(member, coalition).is_coordinator


@pytest.mark.parametrize(
    ("command_arguments", "expected_sentence"),
    [
        (("theirs", "known@example.org"), "There is no coalition at /theirs/. Existing coalitions: ours."),
        (
            ("ours", "nobody@example.org"),
            (
                "Check the address: nobody here has the address nobody@example.org."
                " If it is correct, ask them to sign in once at http://127.0.0.1:8000, then try again."
            ),
        ),
        (("ours", "closed@example.org"), "This account is closed. Appoint somebody who can sign in."),
        (
            ("ours", "young@example.org"),
            "This person is under 18, and a role shows publicly who holds it. Appoint an adult.",
        ),
    ],
)
def test_refusal_is_printed_as_sentence(coalition, command_arguments, expected_sentence):
    known = PersonFactory(email="known@example.org")
    PersonFactory(email="closed@example.org", is_active=False)
    PersonFactory(email="young@example.org", is_minor=True, adult_contact=known)

    with pytest.raises(CommandError) as refused:
        run_appoint_command(*command_arguments)
    assert str(refused.value) == expected_sentence
    assert not Role.objects.exists()


def test_missing_coalition_is_created_first(db):
    with pytest.raises(CommandError, match="There are no coalitions yet"):
        run_appoint_command("ours", "known@example.org")
