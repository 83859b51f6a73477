"""Links of the self-check: what is asked for, when, what is kept of it, and what it says about the conditions."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from jukwaa.coalitions.standing import Standing
from jukwaa.core.refusals import ActionRefused
from jukwaa.eligibility import link_checker
from jukwaa.eligibility.actions import answer_condition, ask_for_link_check
from jukwaa.eligibility.demo import EMPTY_ANSWER
from jukwaa.eligibility.jobs import check_all_links
from jukwaa.eligibility.link_checker import check_coalition_links, list_link_addresses
from jukwaa.eligibility.models import CoordinationMeeting, LinkCheck
from jukwaa.eligibility.rule_sets import find_rule_set
from jukwaa.eligibility.self_check import build_self_check
from jukwaa.eligibility.tasks import check_links_of

YEAR = timezone.localdate().year
PAGE, ARCHIVE = "https://lists.example.org/ours", "https://lists.example.org/ours/archive"
REPORT = "https://example.org/report"
MISSING = "The server answered with error 404. Check the address."


@pytest.fixture
def listed(coalition):
    coalition.list_page, coalition.list_archive = PAGE, ARCHIVE
    coalition.save()
    return coalition


def answer(coordinator, coalition, rule, version=0, year=YEAR, **changes):
    return answer_condition(
        actor=coordinator, coalition=coalition, year=year, rule=rule, changes=EMPTY_ANSWER | changes, version=version
    )


def find_condition(coordinator, coalition, rule):
    check = build_self_check(Standing(coordinator, coalition), find_rule_set(YEAR), YEAR)
    return next(each for each in check.conditions if each.result.rule.name == rule)


def respond(_address):
    return None


def refuse(_address):
    raise ActionRefused(MISSING)


def delete_results(coalition):
    """Let an hour pass."""
    LinkCheck.objects.of(coalition).update(checked_at=timezone.now() - timedelta(hours=1))


def test_list_pages_and_evidence_of_two_years_are_checked(listed, coordinator):
    answer(coordinator, listed, "yearly-report", answer="yes", link=REPORT)
    answer(coordinator, listed, "yearly-report", year=YEAR - 2, link="https://example.org/too-old")
    for number, days in enumerate((1, 800)):
        link = f"https://example.org/call-{number}"
        starts_at = timezone.now() - timedelta(days=days)
        CoordinationMeeting.objects.create(coalition=listed, title="Call", starts_at=starts_at, report_link=link)

    assert list_link_addresses(listed) == [PAGE, ARCHIVE, REPORT, "https://example.org/call-0"]


def test_only_link_check_result_is_stored(listed):
    asked = []

    def ask(address):
        asked.append(address)
        if address == ARCHIVE:
            refuse(address)

    assert check_coalition_links(listed, ask) == 2
    assert asked == [PAGE, ARCHIVE]
    rows = LinkCheck.objects.of(listed).order_by("pk").values_list("address", "has_responded", "reason")
    assert list(rows) == [(PAGE, True, ""), (ARCHIVE, False, MISSING)]


def test_recently_checked_link_is_not_requested_again(listed):
    check_coalition_links(listed, respond)
    assert check_coalition_links(listed, refuse) == 0
    delete_results(listed)
    assert check_coalition_links(listed, refuse) == 2
    assert not LinkCheck.objects.filter(has_responded=True).exists()


def test_result_of_unused_link_is_deleted(listed):
    check_coalition_links(listed, respond)
    listed.list_page = ""
    listed.save()
    check_coalition_links(listed, respond)

    assert LinkCheck.objects.get().address == ARCHIVE


def test_slow_servers_do_not_block_worker(listed, monkeypatch):
    monkeypatch.setattr(link_checker, "MAX_DURATION", timedelta(seconds=-1))
    assert check_coalition_links(listed, respond) == 0
    monkeypatch.undo()
    check_coalition_links(listed, respond)
    LinkCheck.objects.filter(address=ARCHIVE).update(checked_at=timezone.now() - timedelta(days=2))
    LinkCheck.objects.filter(address=PAGE).update(checked_at=timezone.now() - timedelta(days=1))
    asked = []
    check_coalition_links(listed, asked.append)
    assert asked == [ARCHIVE, PAGE]  # what was checked longest ago comes first


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/", "http://example.org/"]
)
def test_private_networks_and_plain_http_are_never_requested(coalition, address):
    coalition.list_page = address
    coalition.save()
    check_links_of.func(coalition.pk)

    found = LinkCheck.objects.get()
    assert not found.has_responded
    assert "private network" in found.reason or "https://" in found.reason


@pytest.mark.parametrize(
    ("rule", "ask", "said", "label"),
    [
        ("open-list", None, "", "Unknown"),
        ("open-list", None, "yes", "Met"),
        ("open-list", respond, "", "Unknown"),
        ("open-list", respond, "yes", "Met"),
        ("open-list", respond, "no", "At risk"),
        ("open-list", refuse, "", "At risk"),
        ("open-list", refuse, "yes", "At risk"),
        ("open-archive", respond, "", "Unknown"),
        ("open-archive", respond, "yes", "Met"),
        ("open-archive", refuse, "yes", "At risk"),
    ],
)
def test_responding_page_needs_answer_and_failing_page_is_at_risk(listed, coordinator, rule, ask, said, label):
    if ask:
        check_coalition_links(listed, ask)
    answer(coordinator, listed, rule, answer=said)

    assert find_condition(coordinator, listed, rule).label == label


def test_unreachable_evidence_is_at_risk(coalition, coordinator):
    answer(coordinator, coalition, "yearly-report", answer="yes", link=REPORT)
    assert find_condition(coordinator, coalition, "yearly-report").label == "Met"
    check_coalition_links(coalition, refuse)
    found = find_condition(coordinator, coalition, "yearly-report")
    assert (found.label, MISSING in found.link_note) == ("At risk", True)
    delete_results(coalition)
    check_coalition_links(coalition, respond)
    found = find_condition(coordinator, coalition, "yearly-report")
    assert (found.label, "Responded on" in found.link_note) == ("Met", True)


def test_check_button_starts_task_and_page_shows_result(client, listed, coordinator):
    client.force_login(coordinator)
    check_url = reverse("eligibility:check", args=["ours"])
    answered = client.post(reverse("eligibility:links_check", args=["ours"]), follow=True)

    assert "The links will be checked" in answered.text
    assert DBTaskResult.objects.filter(task_path__endswith="check_links_of").count() == 1
    assert not LinkCheck.objects.exists()
    check_coalition_links(listed, refuse)
    assert MISSING in client.get(check_url).text


def test_only_coordinators_can_check_existing_links(coalition, coordinator, member):
    with pytest.raises(PermissionDenied):
        ask_for_link_check(actor=member, coalition=coalition)
    with pytest.raises(ActionRefused, match="There are no links to check"):
        ask_for_link_check(actor=coordinator, coalition=coalition)


def test_job_checks_every_coalition_with_links(listed, other_coalition):
    check_all_links(timezone.now())

    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[listed.pk]]
    check_links_of.func(0)  # a coalition that is gone


def test_settings_save_mailing_list_pages(client, coalition, coordinator):
    client.force_login(coordinator)
    settings = reverse("coalitions:settings", args=["ours"])
    initial = client.get(settings).context["form"].initial
    sent = {name: value for name, value in initial.items() if value} | {"list_page": PAGE, "list_archive": ARCHIVE}
    assert client.post(settings, sent).status_code == 302
    coalition.refresh_from_db()
    assert (coalition.list_page, coalition.list_archive) == (PAGE, ARCHIVE)
    assert "Enter a web address" in client.post(settings, sent | {"list_page": "no link"}).text
