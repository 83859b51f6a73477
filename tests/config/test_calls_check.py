"""`jukwaa doctor` looks at call files, and says by line what is wrong."""

import pytest

from jukwaa.config.health import calls
from jukwaa.proposals.models import CallFile

pytestmark = pytest.mark.django_db


def test_valid_calls_pass_check(coalition):
    assert list(calls.check_shipped_call_files()) == []
    assert list(calls.check_added_call_files()) == []


def test_invalid_call_is_reported_with_line(coalition):
    CallFile.objects.create(coalition=coalition, name="old", text="title = 3\nforum = 4")
    CallFile.objects.create(coalition=coalition, name="gone", text="title = 3")
    CallFile.objects.create(coalition=coalition, name="gone", number=2, text="")
    sentences = [finding.sentence for finding in calls.check_added_call_files()]

    assert "Our Coalition, call old, line 1: “title” must be text of up to 5,000 characters." in sentences
    assert "Our Coalition, call old, line 2: “forum” must be text of up to 5,000 characters." in sentences
    assert not any("gone" in sentence for sentence in sentences)


def test_invalid_shipped_file_is_reported(monkeypatch):
    monkeypatch.setattr(calls, "read_shipped_call_files", lambda: {"broken": "a = "})

    assert [finding.sentence for finding in calls.check_shipped_call_files()] == [
        "broken.toml, line 1: This is not valid TOML. Check quotation marks, brackets and equals signs on this line."
    ]
