"""What can be done with a text."""

from jukwaa.drafting.actions.agreement import (
    PositionContent,
    call_for_consensus,
    declare_call_outcome,
    restart_consensus_call,
    set_decision_rules,
    take_call_position,
)
from jukwaa.drafting.actions.answers import (
    InputAnswer,
    WordingAcceptance,
    accept_proposed_wording,
    answer_input,
    answer_inputs_together,
)
from jukwaa.drafting.actions.clauses import (
    ClauseDraft,
    add_clause,
    add_clauses,
    compute_wording_digest,
    merge_clauses,
    move_clause,
    remove_clause,
    restore_clause_placement,
    save_clause_body,
    split_clause,
    write_clause_body,
)
from jukwaa.drafting.actions.consultations import (
    ConsultationContent,
    change_consultation,
    close_consultation,
    open_consultation,
    open_consultation_on_text,
    send_consultation_reminder,
)
from jukwaa.drafting.actions.evidence import (
    ClauseCitation,
    cite_record_as_evidence,
    cite_records_as_evidence,
    is_readable_with_text,
    remove_clause_evidence,
    withdraw_quoted_evidence,
)
from jukwaa.drafting.actions.glossary import change_glossary_term, define_glossary_term, get_term_version_stamp
from jukwaa.drafting.actions.inputs import (
    ConsultationClosedError,
    InputContent,
    give_consultation_input,
    hide_input,
    log_input,
    log_spoken_input,
    withdraw_input,
)
from jukwaa.drafting.actions.publishing import EditionDetails, publish_edition
from jukwaa.drafting.actions.returned_files import (
    add_returned_inputs,
    delete_returned_file,
    read_returned_file,
    save_returned_file,
)
from jukwaa.drafting.actions.revisions import NothingChangedError, create_named_revision, create_named_revision_once
from jukwaa.drafting.actions.silence_procedure import (
    clarify_mailing_list_hold,
    extend_silence_call,
    hold_calls_objected_to_in_post,
    put_call_result_on_hold,
)
from jukwaa.drafting.actions.texts import TextStart, begin_text, change_text, invite_text_drafter, open_text_to_readers
