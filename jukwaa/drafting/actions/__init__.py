"""What can be done with a text."""

from jukwaa.drafting.actions.agreeing import (
    Stand,
    call_for_consensus,
    declare_outcome,
    restart_call,
    set_rules,
    take_position,
)
from jukwaa.drafting.actions.answers import Answering, Taking, accept_wording, answer_input, answer_together
from jukwaa.drafting.actions.clauses import (
    Draft,
    add_clause,
    compose,
    digest_of,
    merge_clauses,
    move_clause,
    put_back,
    remove_clause,
    save_clause,
    split_clause,
    write_clause,
)
from jukwaa.drafting.actions.consultations import (
    Question,
    change_consultation,
    close_consultation,
    nudge_silent,
    open_consultation,
)
from jukwaa.drafting.actions.evidence import (
    Citing,
    cite_record,
    cite_together,
    is_for_readers_of,
    take_back_parts,
    uncite_record,
)
from jukwaa.drafting.actions.glossary import change_term, define_term, stamp_of
from jukwaa.drafting.actions.inputs import (
    ConsultationClosed,
    Said,
    give_input,
    hide_input,
    log_input,
    log_spoken,
    take_back_input,
)
from jukwaa.drafting.actions.procedure import clarify_hold, extend_call, hold_for_post, hold_result
from jukwaa.drafting.actions.publishing import Issue, publish_edition
from jukwaa.drafting.actions.revisions import NothingNew, name_revision, name_revision_once
from jukwaa.drafting.actions.texts import Beginning, begin_text, change_text, invite_drafter, open_text
from jukwaa.drafting.actions.word import drop_returned, enter_returned, keep_returned, read_returned
