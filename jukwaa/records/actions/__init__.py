"""What one can do with any record."""

from jukwaa.records.actions.lifecycle import (
    Stale,
    begin_record,
    change_record,
    publish_record,
    restore_version,
    withdraw_record,
)
from jukwaa.records.actions.trace import cite, link_records

__all__ = [
    "Stale",
    "begin_record",
    "change_record",
    "cite",
    "link_records",
    "publish_record",
    "restore_version",
    "withdraw_record",
]
