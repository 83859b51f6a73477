"""The engine of the database that is in use."""

from functools import cache

from django.db import connection

from jukwaa.records.index.engine import Engine
from jukwaa.records.index.fts5 import Fts5
from jukwaa.records.index.tsvector import TsVector


def get_engine() -> Engine:
    """Return the engine of the database that is in use."""
    return _load_engine(connection.vendor)


@cache
def _load_engine(vendor: str) -> Engine:
    return TsVector() if vendor == "postgresql" else Fts5()
