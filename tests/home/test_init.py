"""A coalition begins at the command line, at a terminal or without one."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def init(**options):
    call_command("init", **{"name": "Our New Coalition", "email": "first@example.org", **options}, stdout=io.StringIO())


@pytest.fixture
def typed(monkeypatch):
    """What is typed at the terminal, question after question."""

    def type_in(*answers):
        left = list(answers)

        def answer(_question):
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr("builtins.input", answer)
        return left

    return type_in


def test_the_first_coordinator_is_asked_for_a_name(typed):
    left = typed("Our New Coalition", "First@example.org", " Somebody ")
    init(name=None, email=None)

    assert (left, Person.objects.get(email="first@example.org").name) == ([], "Somebody")


def test_the_name_is_an_option_and_who_has_one_keeps_it(typed):
    typed()
    init(your_name="Somebody")
    assert Person.objects.get().name == "Somebody"

    init(name="Another Coalition", your_name="Somebody else")
    assert Person.objects.get().name == "Somebody"


def test_who_has_a_name_is_not_asked_for_it(typed):
    PersonFactory(email="first@example.org", name="Somebody")
    assert typed("Our New Coalition") == ["Our New Coalition"]
    init(name=None)

    assert Coalition.objects.get().name == "Our New Coalition"


def test_without_a_terminal_it_says_what_to_give(typed):
    typed()
    with pytest.raises(CommandError, match=r"--name=.* --email=.* --your-name="):
        init(name=None, email=None)

    assert not Person.objects.exists()


@pytest.mark.parametrize("slug", ["account", "help", "about", "static"])
def test_an_address_of_the_product_is_not_taken_for_a_coalition(slug):
    with pytest.raises(CommandError, match=f"Choose another address with --slug: Jukwaa itself uses /{slug}/."):
        init(slug=slug)

    assert (Coalition.objects.count(), Person.objects.count()) == (0, 0)


def test_what_is_no_address_is_said_to_be_none():
    with pytest.raises(CommandError, match="could not be set up"):
        init(slug="no address")
