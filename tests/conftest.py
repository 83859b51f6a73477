"""The cast: people of whom each could see too much, and somebody who belongs elsewhere."""

import copy
import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.base import PartialTemplate, Template
from django.test import Client, TransactionTestCase, override_settings
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from xdist.scheduler import LoadScopeScheduling

from jukwaa.accounts.models import Person
from jukwaa.coalitions.models import Coalition, Organisation
from jukwaa.core import http, middleware, views
from jukwaa.core.message_catalogues import compile_message_catalogues
from jukwaa.core.static_files import CompressedStaticMiddleware
from tests import migrated
from tests.database import does_module_depend_on_database
from tests.deep import IS_DEEP_RUN
from tests.factories import (
    AffiliationFactory,
    CoalitionFactory,
    MembershipFactory,
    OrganisationFactory,
    PersonFactory,
    RoleFactory,
)
from tests.large_stack import pytest_runtest_protocol  # noqa: F401 - pytest looks for it here

# What is imported stays for the whole run: looking for garbage in it takes a fifth of the time to collect the tests.
gc.disable()

# What is compiled is kept, whatever the shell says: else each worker and each process that a test starts does it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Playwright keeps a loop running in the test's thread; the tests' own database calls are plain all the same.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Two browsers and their servers share the machine with whatever else it does: five seconds are too few now and then.
expect.set_options(timeout=15_000)

hypothesis_settings.register_profile(
    "suite",
    deadline=None,
    max_examples=100 if IS_DEEP_RUN else 25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis_settings.load_profile("suite")


ACCESS_WALK_FILE = "tests/test_access_walk.py"
# They walk through one world, which is built for the first of them.
FILES_SHARING_WORLD = (ACCESS_WALK_FILE, "tests/test_urls.py", "tests/plans/test_walk.py", "tests/test_page_costs.py")
# They start Jukwaa in processes of its own, and share what was prepared for that.
PROCESS_TEST_FILES = (
    "tests/config/test_backups.py",
    "tests/config/test_earlier_data.py",
    "tests/config/test_supervisor.py",
    "tests/config/test_kill.py",
    "tests/intake/test_killed_readings.py",
)
DEMO_TESTS_FOLDER = "tests/home/demo/"
BROWSER_TESTS_FOLDER = Path(__file__).parent / "browser"
LONGEST_TEST_FILES = (
    *FILES_SHARING_WORLD,
    *PROCESS_TEST_FILES,
    "tests/test_quarantine.py",
    "tests/drafting/test_strange_requests.py",
    "tests/library/test_withdrawal.py",
    "tests/intake/test_reader_robustness.py",
    "tests/core/test_error_pages.py",
    "tests/browser/test_every_page.py",
)


@pytest.hookimpl(tryfirst=True)  # before pytest looks for marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest come first, so that no worker is left with one when the others are done."""
    if "database" in config.option.markexpr:
        mark_database_dependent_items(items)
    mark_later_browser_tests_as_slow(items)
    place = {name: number for number, name in enumerate(LONGEST_TEST_FILES)}
    items.sort(key=lambda item: place.get(item.nodeid.partition("::")[0], len(place)))


def mark_database_dependent_items(items: list[pytest.Item]) -> None:
    for path, of_module in groupby(items, key=lambda item: item.path):
        if does_module_depend_on_database(path):
            for item in of_module:
                item.add_marker("database")


def mark_later_browser_tests_as_slow(items: list[pytest.Item]) -> None:
    """Leave `make test` the first test of each module that uses the browser: it is the main path of its journey."""
    for path, module_items in groupby(items, key=lambda item: item.path):
        if path.is_relative_to(BROWSER_TESTS_FOLDER):
            first_name = None
            for item in module_items:
                name = item.name.partition("[")[0]
                first_name = first_name or name
                if name != first_name:
                    item.add_marker("slow")


class ModuleScheduling(LoadScopeScheduling):
    """A module, or the folder of the demo, goes to one worker, so that what it shares is built once; what takes long is
    dealt out test by test.

    xdist has marks for groups, but since pytest 9.2 it no longer finds them.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        if module in PROCESS_TEST_FILES:
            return "processes"
        if module.startswith(DEMO_TESTS_FOLDER):
            return DEMO_TESTS_FOLDER
        return nodeid if module == ACCESS_WALK_FILE or module.startswith("tests/browser/") else module


@pytest.hookimpl(optionalhook=True)  # not there without xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ModuleScheduling:
    return ModuleScheduling(config, log)


def pytest_collection_finish() -> None:
    """What was imported stays: the garbage collector needn't walk through it at each turn, nor turn so often."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 50, 100)


@pytest.fixture(scope="session", autouse=True)
def files_of_their_own() -> Iterator[None]:
    """Nothing that a test writes lands in anybody's data folder."""
    with tempfile.TemporaryDirectory(prefix="jukwaa-test-") as folder:
        settings.DATA_FOLDER = Path(folder)
        settings.ERASURES_FOLDER = Path(folder)
        settings.MAIL_FOLDER = Path(folder) / "mail"
        files = copy.deepcopy(settings.STORAGES)
        files["default"]["OPTIONS"]["location"] = Path(folder) / "files"
        with override_settings(STORAGES=files):  # also where a module asked for the storage while it was imported
            yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Nobody misses what a test wrote when the power fails: the database needn't wait for the disk."""
    options = connection.settings_dict["OPTIONS"]
    if connection.vendor == "sqlite":
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    else:
        options["options"] += " -c synchronous_commit=off"


@pytest.fixture(scope="session")
def alone_with_migrations(django_db_modify_db_settings: None) -> Iterator[ExitStack]:
    with ExitStack() as stack:
        stack.enter_context(migrated.lock_database_copy())
        yield stack


@pytest.fixture(scope="session")
def django_db_keepdb(alone_with_migrations: ExitStack) -> bool:
    """Django leaves out the migrations that a database has already."""
    return migrated.restore_database_copy()


@pytest.fixture(scope="session")
def django_db_setup(alone_with_migrations: ExitStack, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        with django_db_blocker.unblock():
            migrated.save_database_copy()
            alone_with_migrations.close()
            back = stack.enter_context(migrated.prepare_database_reset())
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: back())
        yield


@pytest.fixture(scope="module")
def shared_world(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The world of the walks; each test takes back what it writes. It stays if the next module walks through it too."""
    stash = request.session.stash
    if STANDING_WORLD_KEY not in stash:
        with ExitStack() as stack, django_db_blocker.unblock():
            world = stack.enter_context(build_world_in_transaction())
            stash[STANDING_WORLD_KEY] = world, stack.pop_all()
    yield stash[STANDING_WORLD_KEY][0]
    if "shared_world" not in getattr(stash[NEXT_ITEM_KEY], "fixturenames", ()):
        with django_db_blocker.unblock():
            stash[STANDING_WORLD_KEY][1].close()
        del stash[STANDING_WORLD_KEY]


STANDING_WORLD_KEY = pytest.StashKey[tuple[Any, ExitStack]]()
NEXT_ITEM_KEY = pytest.StashKey[pytest.Item | None]()


@contextmanager
def build_world_in_transaction() -> Iterator[Any]:
    from tests.world import build_canary_world  # noqa: PLC0415 - it imports `create_seated_person` from here

    with transaction.atomic():
        yield build_canary_world()
        transaction.set_rollback(True)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    item.session.stash[NEXT_ITEM_KEY] = nextitem


@pytest.fixture(scope="session", autouse=True)
def compiled_translations() -> None:
    compile_message_catalogues()


@pytest.fixture(scope="session", autouse=True)
def static_files_found_once() -> Iterator[None]:
    """Each client of a test loads the middleware, which would look at every static file once more."""
    found: dict[str, Any] = {}
    find = CompressedStaticMiddleware.add_files_from_finders

    def add_cached_files(middleware: CompressedStaticMiddleware) -> None:
        if not found:
            find(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CompressedStaticMiddleware, "add_files_from_finders", add_cached_files)
        yield


@pytest.fixture(scope="session")
def prepared_data_folder(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any
) -> Path:
    """A data folder with an empty database, for tests that run Jukwaa in processes of its own."""
    data = tmp_path_factory.mktemp("prepared")
    if connection.vendor == "sqlite":  # migrated already, which takes longer than all else that is prepared
        with django_db_blocker.unblock(), closing(sqlite3.connect(data / "jukwaa.sqlite3")) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    environment = {**os.environ, "JUKWAA_DATA": str(data)}
    environment.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-m", "jukwaa", "prepare"], env=environment, capture_output=True, check=True)
    return data


@pytest.fixture
def data_folder(prepared_data_folder: Path, tmp_path: Path) -> Path:
    """A copy of it that is this test's own."""
    return Path(shutil.copytree(prepared_data_folder, tmp_path / "data"))


@pytest.fixture(autouse=True)
def fresh_page_cache() -> None:
    caches["pages"].clear()


@pytest.fixture
def brief_refusals(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """The page of a refusal is written in whole the first time for each method, in a coalition and outside of any;
    then only what fills it.

    For walks with thousands of them. `test_refusal_page_does_not_depend_on_refused_object` says why that is enough.
    """
    caplog.set_level("CRITICAL", "django.request")
    written = set()

    def page(
        request: HttpRequest, template: str, context: dict[str, Any] | None = None, status: int = 200
    ) -> HttpResponse:
        which = (request.method, hasattr(request, "coalition"), template)
        if which in written:
            return HttpResponse(str(context), status=status)
        written.add(which)
        return http.render_page(request, template, context, status)

    monkeypatch.setattr(views, "render_page", page)
    monkeypatch.setattr(middleware, "render_page", page)


@pytest.fixture
def plain_templates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates as in production: Django's tests copy the context of each that is drawn, which walks never look at."""
    for kind in (Template, PartialTemplate):
        monkeypatch.setattr(kind, "_render", lambda template, context: template.nodelist.render(context))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Debian's Chromium, which says nothing to anybody but us; without a window it needs a third of the time."""
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if chromium is None:
        pytest.fail("The browser tests need Chromium: apt-get install chromium-headless-shell.")
    quiet = ["background-networking", "component-update", "sync", "gpu", "quic", "default-apps", "extensions"]
    flags = ["--no-sandbox", "--no-first-run", *(f"--disable-{name}" for name in quiet)]
    return {"executable_path": chromium, "args": flags}


@pytest.fixture
def sign_in(live_server: LiveServer, client: Client) -> Callable[[Page, Person], None]:
    """Put a person's session into the browser, as the cookie that signing in would have left."""

    def sign_in_page(page: Page, person: Person) -> None:
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return sign_in_page


@pytest.fixture
def coalition(db: None) -> Coalition:
    return CoalitionFactory(slug="ours", name="Our Coalition")


@pytest.fixture
def mailing_coalition(coalition: Coalition) -> Coalition:
    """A coalition whose mail leaves by itself."""
    coalition.mail_released_at = timezone.now()
    coalition.save()
    return coalition


@pytest.fixture
def other_coalition(db: None) -> Coalition:
    return CoalitionFactory(slug="theirs", name="Their Coalition")


@pytest.fixture
def organisation(coalition: Coalition) -> Organisation:
    return MembershipFactory(coalition=coalition, organisation__coalition=coalition).organisation


def create_seated_person(coalition: Coalition, name: str, *roles: str) -> Person:
    """A person on their own in the coalition, with a mail address and the roles."""
    person = PersonFactory(name=name)
    MembershipFactory(coalition=coalition, organisation=None, person=person)
    for role in roles:
        RoleFactory(coalition=coalition, person=person, kind=role)
    return person


@pytest.fixture
def member(coalition: Coalition) -> Person:
    return create_seated_person(coalition, "A member")


@pytest.fixture
def delegate(organisation: Organisation) -> Person:
    """Speaks for a member organisation."""
    return AffiliationFactory(organisation=organisation, may_speak=True, person__name="A delegate").person


@pytest.fixture
def rapporteur(coalition: Coalition) -> Person:
    return create_seated_person(coalition, "The rapporteur", "rapporteur")


@pytest.fixture
def coordinator(coalition: Coalition) -> Person:
    return create_seated_person(coalition, "The coordinator", "coordinator")


@pytest.fixture
def safeguarding_lead(coalition: Coalition) -> Person:
    return create_seated_person(coalition, "The safeguarding lead", "safeguarding-lead")


@pytest.fixture
def outsider(other_coalition: Coalition) -> Person:
    """Belongs elsewhere, with every role there, so that something could leak."""
    kinds = ["coordinator", "chair", "rapporteur", "editor", "safeguarding-lead", "representative"]
    person = create_seated_person(other_coalition, "An outsider", *kinds)
    AffiliationFactory(person=person, organisation=OrganisationFactory(coalition=other_coalition))
    return person
