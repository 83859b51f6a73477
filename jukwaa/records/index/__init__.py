"""The one search index: passages of records, written in the same transaction as the data."""

from jukwaa.records.index.hits import Hit
from jukwaa.records.index.searching import Results, any_words, matching, search
from jukwaa.records.index.statement import Filters
from jukwaa.records.index.writing import add, forget, index_rest, refresh, take_out
