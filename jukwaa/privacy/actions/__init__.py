"""What people do about personal data: requests, notices, consents."""

from jukwaa.privacy.actions.consents import record_person_consent, withdraw_person_consent
from jukwaa.privacy.actions.data_requests import (
    DataRequestInput,
    confirm_data_request,
    delete_unconfirmed_requests,
    request_data_correction,
    request_name_redaction,
    withdraw_data_request,
    withdraw_request_by_link,
)
from jukwaa.privacy.actions.notices import refresh_all_notices, refresh_privacy_notice, save_privacy_notice
from jukwaa.privacy.actions.request_decisions import answer_data_request, remove_requested_name
