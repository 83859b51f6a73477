"""The menu: seven sections and one to manage the coalition, their tabs, and who sees which."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from jukwaa.coalitions.menu import CoalitionNavigation, MenuSection, find_tab_of_view, menu_tabs
from jukwaa.coalitions.standing import Standing
from tests.factories import MeetingFactory
from tests.routes import list_route_patterns_and_names

# Pages of no section: the home page, tasks, search, what one follows, what hangs on a record of any kind, and files.
PAGES_WITHOUT_TAB = {
    *("home:front", "home:desk", "records:not_taken", "notices:notice_detail", "notices:notice_version"),
    *("updates:following", "updates:follow_add", "updates:follow_end", "updates:rhythm"),
    *("updates:new", "updates:new_seen", "updates:copies"),
    *("search:search", "search:saved_list", "search:saved_new", "search:saved_rename", "search:saved_remove"),
    *(
        "exchange:cite_bibtex",
        "exchange:cite_csl",
        "exchange:archive",
        "exchange:collection_archive",
        "exchange:list_file",
    ),
    *("exchange:feed_list", "exchange:calendar", "exchange:own_calendar", "exchange:feed", "exchange:own_feed"),
    *(
        "exchange:feed_key_new",
        "exchange:feed_key_end",
        "exchange:date_file",
        "site:coalition_manifest",
        "site:sitemap",
    ),
    *("records:comment_edit", "records:comment_history", "records:comment_hide", "records:comment_unhide"),
    *(
        "records:comment_purge",
        "records:comment_add",
        "records:comment_reply",
        "records:talk",
        "records:history",
        "records:version_detail",
    ),
    *("records:version_restore", "records:version_purge", "records:attachment", "records:attachment_text"),
    *("records:attachment_remove", "records:attachment_add"),
    *("records:withdraw", "records:hold", "records:release", "records:purge"),
    *("regions:answer", "regions:answer_yes", "regions:answer_not_now", "regions:answer_never", "regions:answer_erase"),
}
MANAGED_PAGES_BY_ROLE = {
    "visitor": set(),
    "member": set(),
    "rapporteur": {"intake:reading_list"},
    "safeguarding_lead": {"records:held_list", "privacy:request_list"},
}


@pytest.fixture(params=["visitor", "member", "rapporteur", "coordinator", "safeguarding_lead"])
def viewer_role(request):
    return request.param


@pytest.fixture
def viewer_in_role(viewer_role, request, coalition):
    return AnonymousUser() if viewer_role == "visitor" else request.getfixturevalue(viewer_role)


@pytest.fixture
def signed_in(client, viewer_in_role):
    if viewer_in_role.is_authenticated:
        client.force_login(viewer_in_role)
    return client


def build_navigation_menu(coalition, viewer, view_name="home:front"):
    return CoalitionNavigation(Standing.under(coalition.slug, viewer), view_name)


def list_shown_links(coalition, viewer):
    return {
        name: tab for name, tab in menu_tabs.items() if tab.is_shown(Standing.under(coalition.slug, viewer), coalition)
    }


def test_each_page_has_tab_or_exemption():
    names = {name for route, name in list_route_patterns_and_names() if route.startswith("<slug:coalition>/")}

    assert {name for name in names if not find_tab_of_view(name)} == PAGES_WITHOUT_TAB


def test_each_tab_links_to_page():
    names = {name for _route, name in list_route_patterns_and_names()}

    assert set(menu_tabs) - names == set()
    assert set(MenuSection) == {tab.section for tab in menu_tabs.values()}


def test_each_shown_tab_opens(coalition, viewer_in_role, signed_in):
    statuses = {
        name: signed_in.get(reverse(name, args=[coalition.slug])).status_code
        for name in list_shown_links(coalition, viewer_in_role)
    }

    assert statuses == dict.fromkeys(statuses, 200)
    assert len(statuses) > 15


def test_hidden_tabs_do_not_open(coalition, viewer_in_role, signed_in):
    """But for the pages that show each person their own rows."""
    hidden = (
        set(menu_tabs)
        - set(list_shown_links(coalition, viewer_in_role))
        - {"privacy:request_list", "coalitions:confirmations"}
    )
    hidden -= {"intake:reading_list", "plans:overview"}
    opened = {name for name in hidden if signed_in.get(reverse(name, args=[coalition.slug])).status_code == 200}

    assert opened == set()


def test_manage_menu_is_shown_only_to_coalition_staff(coalition, viewer_in_role, viewer_role):
    shown = {
        name for name, tab in list_shown_links(coalition, viewer_in_role).items() if tab.section == MenuSection.MANAGE
    }
    everything = {name for name, tab in menu_tabs.items() if tab.section == MenuSection.MANAGE}
    expected = MANAGED_PAGES_BY_ROLE.get(viewer_role, everything - {"records:held_list"})

    assert shown == expected
    assert len(build_navigation_menu(coalition, viewer_in_role).sections) == (8 if expected else 7)


def test_menu_makes_no_queries(coalition, viewer_in_role, django_assert_num_queries):
    menu = build_navigation_menu(coalition, viewer_in_role, "meetings:meeting_detail")

    with django_assert_num_queries(0):
        assert (menu.key, menu.section, len(menu.breadcrumbs)) == (menu.key, MenuSection.MEETINGS, 2)
        assert len(menu.tabs) > 3


def test_tab_of_current_page_is_marked(client, coalition):
    page = client.get(reverse("meetings:idea_list", args=[coalition.slug])).text

    assert f'<a href="/{coalition.slug}/meetings/" aria-current="true">Meetings</a>' in page
    assert f'<a href="/{coalition.slug}/meetings/ideas/" aria-current="page">Ideas</a>' in page
    assert 'aria-label="Breadcrumb"' not in page


def test_page_below_tab_has_breadcrumbs(client, coalition):
    page = client.get(MeetingFactory(coalition=coalition, published=True).get_absolute_url()).text

    assert f'<a href="/{coalition.slug}/meetings/" aria-current="true">All meetings</a>' in page
    assert 'aria-label="Breadcrumb"' in page


def test_home_page_has_no_tabs(client, coalition):
    page = client.get(f"/{coalition.slug}/").text

    assert "section-tabs" not in page
    assert page.count('<nav class="menu wrap" id="menu" aria-label="Main">') == 1


@pytest.mark.parametrize("view_name", ["meetings:idea_detail", "meetings:meeting_list", "records:history"])
def test_longest_matching_pattern_selects_tab(view_name):
    expected = {"meetings:idea_detail": "meetings:idea_list", "meetings:meeting_list": "meetings:meeting_list"}

    assert find_tab_of_view(view_name) == expected.get(view_name, "")
