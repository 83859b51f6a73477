"""What every process of a served place needs in memory, loaded once, before the first of them is forked."""

import gc
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.db import DatabaseError, connections
from django.utils import translation

from jukwaa.config.web_server import load_wsgi_application
from jukwaa.core.patterns import compile_all_patterns

if TYPE_CHECKING:
    from jukwaa.coalitions.models import Coalition


def preload_application() -> None:
    """Load the application and its translations, and keep the garbage collector from touching them.

    Processes share what is in memory when they are forked, until they write to it. No connection to the database may
    be shared, nor any thread be running.
    """
    load_wsgi_application()
    load_command_class(get_commands()["worker"], "worker")
    compile_all_patterns()
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            translation.gettext("")
    _warm_up_first_coalition()
    connections.close_all()
    gc.collect()
    gc.freeze()


def _warm_up_first_coalition() -> None:
    """Fill Django's caches and compile the longest query, so that all processes share both.

    Templates are compiled when a page first needs them: the worker has no use for those of pages.
    """
    from jukwaa.coalitions.models import Coalition  # noqa: PLC0415 - settings must be named first

    try:
        coalition = Coalition.objects.order_by("pk").first()
        if coalition is not None:
            _request_front_page(coalition)
            _find_tasks_of_first_representative(coalition)
    except DatabaseError:  # it may be away; pages wait for it, and need not be warm
        return


def _find_tasks_of_first_representative(coalition: "Coalition") -> None:
    """Compile the query of tasks for a person without a role, as most are: it takes 13 MB."""
    from jukwaa.coalitions.models import Affiliation  # noqa: PLC0415 - settings must be named first
    from jukwaa.coalitions.standing import Standing  # noqa: PLC0415
    from jukwaa.home.tasks_page import get_tasks  # noqa: PLC0415

    found = Affiliation.objects.confirmed().filter(organisation__coalition=coalition).select_related("person").first()
    if found is not None:
        get_tasks(Standing(found.person, coalition))


def _request_front_page(coalition: "Coalition") -> None:
    environ: dict[str, Any] = {
        "PATH_INFO": coalition.get_absolute_url(),
        "HTTP_HOST": urlsplit(settings.SITE_URL).netloc,
    }
    setup_testing_defaults(environ)
    answer = load_wsgi_application()(environ, lambda *_answer: None)
    b"".join(answer)
    answer.close()
