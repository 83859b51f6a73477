"""The demo coalition in Chromium: windows of its people, and what the browser had to complain about."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition
from jukwaa.home.demo import DEMO_COALITION_SLUG, build_demo_coalition, list_demo_people
from jukwaa.updates.activity_notifications import send_pending_activity_notifications
from tests import migrated
from tests.deep import IS_DEEP_RUN, IS_QUICK_RUN

SCRIPT_MODES = ["with-scripts", "scripts-off"]
# `make test` leaves walks without scripts to CI: tests without a browser send the same forms, without a script as well.
SCRIPTS_BY_MODE = {name: name == "with-scripts" for name in SCRIPT_MODES[: 1 if IS_QUICK_RUN else 2]}

type Open = Callable[..., Page]
type Pictures = dict[date, tuple[sqlite3.Connection, Path]]


@pytest.fixture(scope="session")
def demo_snapshots() -> Iterator[Pictures]:
    """The demo of a day: its database, and a folder with its files and its mail."""
    taken: Pictures = {}
    yield taken
    for database, _folder in taken.values():
        database.close()


@pytest.fixture
def demo_coalition(
    live_server: LiveServer, settings: Any, demo_snapshots: Pictures, tmp_path_factory: pytest.TempPathFactory
) -> Coalition:
    """The whole demo, as `make demo` builds it; its mail can be read on a page.

    It is built once in a session, and then put back as it was: building it takes longer than most walks through it.
    """
    settings.DEMO = True
    settings.SITE_URL = live_server.url
    today = timezone.localdate()
    if today not in demo_snapshots:
        build_demo_coalition(write_line=lambda _sentence: None)
        folder = tmp_path_factory.mktemp("demo") / "data"
        demo_snapshots[today] = migrated.copy_database_to_memory(), Path(shutil.copytree(settings.DATA_FOLDER, folder))
    else:
        database, folder = demo_snapshots[today]
        migrated.restore_database_from_memory(database)
        shutil.copytree(folder, settings.DATA_FOLDER, dirs_exist_ok=True)
    return Coalition.objects.get(slug=DEMO_COALITION_SLUG)


@pytest.fixture
def static_files_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Static files come through our middleware, as in production: Django's test server would send them as they are."""
    monkeypatch.setattr(StaticFilesHandler, "_should_handle", lambda _handler, _path: False)


def get_demo_person(persona_title: str) -> Person:
    return dict(list_demo_people())[persona_title]


def send_all_notifications() -> None:
    """The demo has more to tell than fits into one round of the clock."""
    while send_pending_activity_notifications():
        pass


@pytest.fixture
def browser_errors() -> Iterator[list[str]]:
    """What any window refused to load or to run, what broke in a script, and every answer that the server failed."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def loaded_scripts() -> list[str]:
    """What any window loaded as a script."""
    return []


@pytest.fixture
def open_window(
    browser: Browser, live_server: LiveServer, browser_errors: list[str], loaded_scripts: list[str]
) -> Iterator[Open]:
    """Opens a window of its own for each person, with scripts or without; each is closed in the end."""
    opened = []

    def open_one_window(title: str = "", *, script: bool = True) -> Page:
        context = browser.new_context(java_script_enabled=script, base_url=live_server.url)
        opened.append(context)
        if title:
            context.add_cookies([{**build_session_cookie(get_demo_person(title)), "url": live_server.url}])
        page = context.new_page()
        page.set_default_timeout(15_000)
        _collect_page_errors(page, browser_errors)
        page.on("request", lambda asked: loaded_scripts.append(asked.url) if asked.resource_type == "script" else None)
        return page

    yield open_one_window
    for context in opened:
        context.close()


def build_session_cookie(person: Person) -> Any:
    """The cookie that signing in would have left."""
    client = Client()
    client.force_login(person)
    return {"name": site.SESSION_COOKIE_NAME, "value": client.cookies[site.SESSION_COOKIE_NAME].value}


def _collect_page_errors(page: Page, browser_errors: list[str]) -> None:
    # A refusal (404, 422) is an answer, not a fault; Chromium writes it to the console all the same.
    page.on(
        "console",
        lambda said: (
            browser_errors.append(f"{page.url}: {said.text}")
            if said.type == "error" and not said.text.startswith("Failed to load resource")
            else None
        ),
    )
    page.on("pageerror", lambda error: browser_errors.append(f"{page.url}: {error}"))
    page.on("response", lambda got: browser_errors.append(f"{got.status} {got.url}") if got.status >= 500 else None)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A journey over pages without a script is the same with scripts on and off: it is walked once."""
    if "open_demo_window" in metafunc.fixturenames:
        both = IS_DEEP_RUN or metafunc.definition.get_closest_marker("scripted")
        metafunc.parametrize("open_demo_window", list(SCRIPTS_BY_MODE) if both else SCRIPT_MODES[:1], indirect=True)


@pytest.fixture
def open_demo_window(
    request: pytest.FixtureRequest, demo_coalition: Coalition, open_window: Open, loaded_scripts: list[str]
) -> Iterator[Open]:
    """As `open_window`, on the demo: with scripts, and again without if a page has one, which is marked `scripted`."""
    has_scripts = request.param == "with-scripts"

    def open_one_demo_window(title: str = "") -> Page:
        return open_window(title, script=has_scripts)

    open_one_demo_window.has_scripts = has_scripts  # type: ignore[attr-defined]  # read by the journeys that use keys
    yield open_one_demo_window
    if has_scripts:
        is_marked = request.node.get_closest_marker("scripted") is not None
        assert is_marked == bool(loaded_scripts), (
            f"marked scripted: {is_marked}; scripts of its pages: {loaded_scripts}"
        )
