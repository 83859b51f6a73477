"""What people do about personal data: requests, notices, consents."""

from jukwaa.privacy.actions.consents import record_consent, withdraw_consent
from jukwaa.privacy.actions.data_requests import (
    DataRequestInput,
    confirm_request,
    delete_unconfirmed_requests,
    request_correction,
    request_redaction,
    withdraw_request,
    withdraw_request_by_link,
)
from jukwaa.privacy.actions.notices import refresh_all_notices, refresh_notice, save_notice
from jukwaa.privacy.actions.request_decisions import answer_request, remove_name
