"""What can be done with a text."""

from jukwaa.drafting.actions.clauses import (
    Draft,
    StaleClause,
    TooLong,
    add_clause,
    compose,
    digest_of,
    merge_clauses,
    move_clause,
    put_back,
    remove_clause,
    split_clause,
    write_clause,
)
from jukwaa.drafting.actions.evidence import ForFewer, cite_record, is_for_readers_of, uncite_record
from jukwaa.drafting.actions.glossary import Known, StaleTerm, change_term, define_term, stamp_of
from jukwaa.drafting.actions.inputs import Closed, NotThere, Said, give_input, hide_input, log_input
from jukwaa.drafting.actions.revisions import NothingNew, name_revision
from jukwaa.drafting.actions.texts import Beginning, begin_text, change_text, invite_drafter, open_text

__all__ = [
    "Beginning",
    "Closed",
    "Draft",
    "ForFewer",
    "Known",
    "NotThere",
    "NothingNew",
    "Said",
    "StaleClause",
    "StaleTerm",
    "TooLong",
    "add_clause",
    "begin_text",
    "change_term",
    "change_text",
    "cite_record",
    "compose",
    "define_term",
    "digest_of",
    "give_input",
    "hide_input",
    "invite_drafter",
    "is_for_readers_of",
    "log_input",
    "merge_clauses",
    "move_clause",
    "name_revision",
    "open_text",
    "put_back",
    "remove_clause",
    "split_clause",
    "stamp_of",
    "uncite_record",
    "write_clause",
]
