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
from jukwaa.eligibility.actions import answer_condition, request_link_check
from jukwaa.eligibility.demo import EMPTY_CONDITION_ANSWER
from jukwaa.eligibility.jobs import check_all_links
from jukwaa.eligibility.link_checker import check_coalition_links, list_link_addresses
from jukwaa.eligibility.models import CoordinationMeeting, LinkCheck
from jukwaa.eligibility.rule_sets import find_rule_set
from jukwaa.eligibility.self_check import build_self_check
from jukwaa.eligibility.tasks import check_links_of

CURRENT_YEAR = timezone.localdate().year
PAGE, ARCHIVE = "https://lists.example.org/ours", "https://lists.example.org/ours/archive"
REPORT_URL = "https://example.org/report"
LINK_REFUSAL = "The server answered with error 404. Check the address."


@pytest.fixture
def coalition_with_list_page(coalition):
    coalition.list_page, coalition.list_archive = PAGE, ARCHIVE
    coalition.save()
    return coalition


def answer_link_condition(coordinator, coalition, rule, seen_version=0, year=CURRENT_YEAR, **changes):
    return answer_condition(
        actor=coordinator,
        coalition=coalition,
        year=year,
        rule_name=rule,
        changes=EMPTY_CONDITION_ANSWER | changes,
        version=seen_version,
    )


def find_link_condition(coordinator, coalition, rule):
    check = build_self_check(Standing(coordinator, coalition), find_rule_set(CURRENT_YEAR), CURRENT_YEAR)
    return next(each for each in check.conditions if each.result.rule.name == rule)


def accept_any_link(_link_url):
    return None


def refuse_link(_link_url):
    raise ActionRefused(LINK_REFUSAL)


def make_link_results_one_hour_old(coalition):
    """Let an hour pass."""
    LinkCheck.objects.of(coalition).update(checked_at=timezone.now() - timedelta(hours=1))


def test_list_pages_and_evidence_of_two_years_are_checked(coalition_with_list_page, coordinator):
    answer_link_condition(coordinator, coalition_with_list_page, "yearly-report", answer="yes", link=REPORT_URL)
    answer_link_condition(
        coordinator,
        coalition_with_list_page,
        "yearly-report",
        year=CURRENT_YEAR - 2,
        link="https://example.org/too-old",
    )
    for number, days in enumerate((1, 800)):
        link = f"https://example.org/call-{number}"
        starts_at = timezone.now() - timedelta(days=days)
        CoordinationMeeting.objects.create(
            coalition=coalition_with_list_page, title="Call", starts_at=starts_at, report_link=link
        )

    assert list_link_addresses(coalition_with_list_page) == [PAGE, ARCHIVE, REPORT_URL, "https://example.org/call-0"]


def test_only_link_check_result_is_stored(coalition_with_list_page):
    asked = []

    def refuse_archive_link(address):
        asked.append(address)
        if address == ARCHIVE:
            refuse_link(address)

    assert check_coalition_links(coalition_with_list_page, refuse_archive_link) == 2
    assert asked == [PAGE, ARCHIVE]
    rows = (
        LinkCheck.objects.of(coalition_with_list_page).order_by("pk").values_list("address", "has_responded", "reason")
    )
    assert list(rows) == [(PAGE, True, ""), (ARCHIVE, False, LINK_REFUSAL)]


def test_recently_checked_link_is_not_requested_again(coalition_with_list_page):
    check_coalition_links(coalition_with_list_page, accept_any_link)
    assert check_coalition_links(coalition_with_list_page, refuse_link) == 0
    make_link_results_one_hour_old(coalition_with_list_page)
    assert check_coalition_links(coalition_with_list_page, refuse_link) == 2
    assert not LinkCheck.objects.filter(has_responded=True).exists()


def test_result_of_unused_link_is_deleted(coalition_with_list_page):
    check_coalition_links(coalition_with_list_page, accept_any_link)
    coalition_with_list_page.list_page = ""
    coalition_with_list_page.save()
    check_coalition_links(coalition_with_list_page, accept_any_link)

    assert LinkCheck.objects.get().address == ARCHIVE


def test_slow_servers_do_not_block_worker(coalition_with_list_page, monkeypatch):
    monkeypatch.setattr(link_checker, "MAX_CHECK_DURATION", timedelta(seconds=-1))
    assert check_coalition_links(coalition_with_list_page, accept_any_link) == 0
    monkeypatch.undo()
    check_coalition_links(coalition_with_list_page, accept_any_link)
    LinkCheck.objects.filter(address=ARCHIVE).update(checked_at=timezone.now() - timedelta(days=2))
    LinkCheck.objects.filter(address=PAGE).update(checked_at=timezone.now() - timedelta(days=1))
    asked = []
    check_coalition_links(coalition_with_list_page, asked.append)
    assert asked == [ARCHIVE, PAGE]  # what was checked longest ago comes first


@pytest.mark.parametrize(
    "link_url", ["https://127.0.0.1/", "https://localhost/", "https://10.0.0.1/", "http://example.org/"]
)
def test_private_networks_and_plain_http_are_never_requested(coalition, link_url):
    coalition.list_page = link_url
    coalition.save()
    check_links_of.func(coalition.pk)

    found = LinkCheck.objects.get()
    assert not found.has_responded
    assert "private network" in found.reason or "https://" in found.reason


@pytest.mark.parametrize(
    ("rule", "ask_server", "stated_answer", "verdict_label"),
    [
        ("open-list", None, "", "Unknown"),
        ("open-list", None, "yes", "Met"),
        ("open-list", accept_any_link, "", "Unknown"),
        ("open-list", accept_any_link, "yes", "Met"),
        ("open-list", accept_any_link, "no", "At risk"),
        ("open-list", refuse_link, "", "At risk"),
        ("open-list", refuse_link, "yes", "At risk"),
        ("open-archive", accept_any_link, "", "Unknown"),
        ("open-archive", accept_any_link, "yes", "Met"),
        ("open-archive", refuse_link, "yes", "At risk"),
    ],
)
def test_responding_page_needs_answer_and_failing_page_is_at_risk(
    coalition_with_list_page, coordinator, rule, ask_server, stated_answer, verdict_label
):
    if ask_server:
        check_coalition_links(coalition_with_list_page, ask_server)
    answer_link_condition(coordinator, coalition_with_list_page, rule, answer=stated_answer)

    assert find_link_condition(coordinator, coalition_with_list_page, rule).label == verdict_label


def test_unreachable_evidence_is_at_risk(coalition, coordinator):
    answer_link_condition(coordinator, coalition, "yearly-report", answer="yes", link=REPORT_URL)
    assert find_link_condition(coordinator, coalition, "yearly-report").label == "Met"
    check_coalition_links(coalition, refuse_link)
    found = find_link_condition(coordinator, coalition, "yearly-report")
    assert (found.label, LINK_REFUSAL in found.link_note) == ("At risk", True)
    make_link_results_one_hour_old(coalition)
    check_coalition_links(coalition, accept_any_link)
    found = find_link_condition(coordinator, coalition, "yearly-report")
    assert (found.label, "The page opened on" in found.link_note) == ("Met", True)


def test_check_button_starts_task_and_page_shows_result(client, coalition_with_list_page, coordinator):
    client.force_login(coordinator)
    check_url = reverse("eligibility:check", args=["ours"])
    answered = client.post(reverse("eligibility:links_check", args=["ours"]), follow=True)

    assert "The links will be checked" in answered.text
    assert DBTaskResult.objects.filter(task_path__endswith="check_links_of").count() == 1
    assert not LinkCheck.objects.exists()
    check_coalition_links(coalition_with_list_page, refuse_link)
    assert LINK_REFUSAL in client.get(check_url).text


def test_only_coordinators_can_check_existing_links(coalition, coordinator, member):
    with pytest.raises(PermissionDenied):
        request_link_check(actor=member, coalition=coalition)
    with pytest.raises(ActionRefused, match="There are no links to check"):
        request_link_check(actor=coordinator, coalition=coalition)


def test_job_checks_every_coalition_with_links(coalition_with_list_page, other_coalition):
    check_all_links(timezone.now())

    assert [task.args_kwargs["args"] for task in DBTaskResult.objects.all()] == [[coalition_with_list_page.pk]]
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
