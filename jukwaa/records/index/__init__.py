"""The one search index: passages of records, written in the same transaction as the data."""

from jukwaa.records.index.searching import Hit, Results, search
from jukwaa.records.index.writing import forget, refresh

__all__ = ["Hit", "Results", "forget", "refresh", "search"]
