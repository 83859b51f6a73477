"""The one search index: passages of records, written in the same transaction as the data."""

from jukwaa.records.index.hits import SearchHit
from jukwaa.records.index.indexer import (
    add_bulk_passage,
    index_remaining_passages,
    reindex_record,
    remove_passages_with_anchor,
    remove_record_from_index,
)
from jukwaa.records.index.search_results import (
    SearchResults,
    find_matching_records,
    find_records_with_any_word,
    search_records,
)
from jukwaa.records.index.search_sql import SearchFilters
