"""A status 500 is logged with where it happened, and with nothing that anybody wrote."""

import io
import logging

import pytest
from django.conf import settings
from django.db import IntegrityError, connection
from django.urls import path

from jukwaa.config.urls import urlpatterns as project_urls
from jukwaa.core.error_logging import TracebackFormatter, format_traceback
from tests.factories import OrganisationFactory

SECRET_TEXT = "My uncle touches me."


def raise_server_error(request, slug):
    words = request.POST["words"]
    try:
        int(words)
    except ValueError as error:
        raise RuntimeError(f"{words} can't be counted") from error


urlpatterns = [path("fails/<str:slug>/", raise_server_error, name="fails"), *project_urls]


@pytest.fixture
def console_log():
    """What the console handler of the settings writes."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(TracebackFormatter(settings.LOGGING["formatters"]["wordless"]["format"]))
    logger = logging.getLogger("jukwaa.errors")
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)


def test_server_error_log_has_route_and_traceback_without_content(settings, client, member, console_log):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    client.force_login(member)
    response = client.post(f"/fails/{SECRET_TEXT}/?q={SECRET_TEXT}", {"words": SECRET_TEXT})

    said = console_log.getvalue()
    assert response.status_code == 500
    assert f"500: POST /fails/<str:slug>/, person {member.pk}\n" in said
    assert 'tests/core/test_errors.py", line 21, in raise_server_error\nValueError\n' in said
    assert said.endswith("in raise_server_error\nRuntimeError\n")
    assert not [word for word in ("uncle", "touches", "counted") if word in said]


def test_error_before_any_route_is_logged(client, console_log, monkeypatch):
    monkeypatch.setattr("django.contrib.sessions.middleware.SessionMiddleware.process_request", raise_server_error)
    client.raise_request_exception = False
    client.get(f"/{SECRET_TEXT}/")

    assert "500: GET no route, person unknown\n" in console_log.getvalue()
    assert "uncle" not in console_log.getvalue()


def test_database_error_log_has_code_without_values(coalition):
    OrganisationFactory(coalition=coalition)
    with pytest.raises(IntegrityError) as refused:
        type(coalition).objects.create(slug=coalition.slug, name=SECRET_TEXT)

    said = format_traceback(refused.value)
    code = "SQLITE_CONSTRAINT_UNIQUE" if connection.vendor == "sqlite" else "23505"
    assert f"({code})" in said
    assert not [word for word in ("uncle", coalition.slug) if word in said.split()]


def test_every_project_logger_omits_content():
    handlers = {name for logger in settings.LOGGING["loggers"].values() for name in logger["handlers"]}

    assert {settings.LOGGING["handlers"][name]["formatter"] for name in handlers} == {"wordless"}
