"""What people do about personal data: requests, notices, consents."""

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
from jukwaa.privacy.actions.consents import record_consent, withdraw_consent
from jukwaa.privacy.actions.notices import renew_notice, renew_notices, save_notice
