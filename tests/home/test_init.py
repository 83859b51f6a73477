"""A coalition begins at the command line, at a terminal or without one."""

import io

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def run_init_command(**options):
    call_command("init", **{"name": "Our New Coalition", "email": "first@example.org", **options}, stdout=io.StringIO())


@pytest.fixture
def typed_init_answers(monkeypatch):
    """What is typed at the terminal, question after question."""

    def type_init_answers(*answers):
        left = list(answers)

        def give_next_answer(_question):
            if not left:
                raise EOFError
            return left.pop(0)

        monkeypatch.setattr("builtins.input", give_next_answer)
        return left

    return type_init_answers


def test_init_asks_first_coordinator_for_name(typed_init_answers):
    left = typed_init_answers("Our New Coalition", "First@example.org", " Somebody ")
    run_init_command(name=None, email=None)

    assert (left, Person.objects.get(email="first@example.org").name) == ([], "Somebody")


def test_init_takes_name_as_option_and_keeps_existing_name(typed_init_answers):
    typed_init_answers()
    run_init_command(your_name="Somebody")
    assert Person.objects.get().name == "Somebody"

    run_init_command(name="Another Coalition", your_name="Somebody else")
    assert Person.objects.get().name == "Somebody"


def test_init_does_not_ask_for_existing_name(typed_init_answers):
    PersonFactory(email="first@example.org", name="Somebody")
    assert typed_init_answers("Our New Coalition") == ["Our New Coalition"]
    run_init_command(name=None)

    assert Coalition.objects.get().name == "Our New Coalition"


def test_init_without_terminal_lists_required_options(typed_init_answers):
    typed_init_answers()
    with pytest.raises(CommandError, match=r"--name=.* --email=.* --your-name="):
        run_init_command(name=None, email=None)

    assert not Person.objects.exists()


@pytest.mark.parametrize("reserved_slug", ["account", "help", "about", "static"])
def test_init_refuses_reserved_slug(reserved_slug):
    with pytest.raises(
        CommandError, match=f"Choose another address with --slug: Jukwaa itself uses /{reserved_slug}/."
    ):
        run_init_command(slug=reserved_slug)

    assert (Coalition.objects.count(), Person.objects.count()) == (0, 0)


def test_init_refuses_invalid_email_address():
    with pytest.raises(CommandError, match="could not be set up"):
        run_init_command(slug="no address")
