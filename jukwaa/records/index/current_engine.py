"""The engine of the database that is in use."""

from functools import cache

from django.db import connection

from jukwaa.records.index.engine import SearchEngine
from jukwaa.records.index.fts5 import Fts5Engine
from jukwaa.records.index.tsvector import TsVectorEngine


def get_search_engine() -> SearchEngine:
    """Return the engine of the database that is in use."""
    return _load_engine_for_vendor(connection.vendor)


@cache
def _load_engine_for_vendor(database_vendor: str) -> SearchEngine:
    return TsVectorEngine() if database_vendor == "postgresql" else Fts5Engine()
