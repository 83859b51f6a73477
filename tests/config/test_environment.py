"""How DATABASE_URL becomes a connection to PostgreSQL."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from jukwaa.config.environment import read_environment


@pytest.fixture
def read_test_environment(monkeypatch, tmp_path):
    def build_database_settings(url):
        monkeypatch.setenv("JUKWAA_DATA", str(tmp_path))
        monkeypatch.setenv("DATABASE_URL", url)
        return read_environment().database

    return build_database_settings


def test_postgresql_uses_prepared_statements_without_jit(read_test_environment):
    assert read_test_environment("postgresql://user:p%3Fw@db.example.org:5433/jukwaa") == {
        "NAME": "jukwaa",
        "USER": "user",
        "PASSWORD": "p?w",
        "HOST": "db.example.org",
        "PORT": "5433",
        "OPTIONS": {"options": "-c jit=off", "server_side_binding": True, "prepare_threshold": 3},
    }


def test_url_overrides_every_option(read_test_environment):
    query = "server_side_binding=false&options=-c%20jit%3Don&sslmode=require&prepare_threshold=none"

    assert read_test_environment(f"postgresql://db.example.org/jukwaa?{query}")["OPTIONS"] == {
        "options": "-c jit=off -c jit=on",  # the last one counts
        "sslmode": "require",
        "server_side_binding": False,
        "prepare_threshold": None,
    }
    assert read_test_environment("postgresql:///jukwaa?prepare_threshold=10")["OPTIONS"]["prepare_threshold"] == 10


def test_keyword_connection_string_gets_same_options(read_test_environment):
    assert read_test_environment("host=/run/postgresql dbname=jukwaa")["OPTIONS"]["options"] == "-c jit=off"


@pytest.mark.parametrize("database_option", ["server_side_binding=perhaps", "prepare_threshold=-1"])
def test_unknown_option_is_refused_with_hint(read_test_environment, database_option):
    with pytest.raises(ImproperlyConfigured, match=r"cannot be used\. Enter (true or false|a number)"):
        read_test_environment(f"postgresql:///jukwaa?{database_option}")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="the settings are those of PostgreSQL")
def test_connection_has_options(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)
    assert connection.features.uses_server_side_binding
