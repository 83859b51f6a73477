"""What people do with requests about personal data."""

from jukwaa.privacy.actions.answering import answer_request, remove_name
from jukwaa.privacy.actions.asking import (
    Asked,
    ask_for_correction,
    ask_for_redaction,
    confirm_request,
    forget_unconfirmed,
    withdraw_request,
    withdraw_request_by_link,
)
