"""The one search index: passages of records, written in the same transaction as the data."""

from jukwaa.records.index.hits import Hit
from jukwaa.records.index.searching import Results, matching, search
from jukwaa.records.index.statement import Filters
from jukwaa.records.index.writing import forget, refresh

__all__ = ["Filters", "Hit", "Results", "forget", "matching", "refresh", "search"]
