from jukwaa.proposals.forms.call_files import CallTextForm, CallUploadForm
from jukwaa.proposals.forms.call_form import CallForm
from jukwaa.proposals.forms.candidates import CandidateSearchForm
from jukwaa.proposals.forms.correspondence import (
    DraftReviewForm,
    DraftReviewRequestForm,
    DraftVersionForm,
    MessageApprovalForm,
    MessageDeadlineForm,
    MessageDraftForm,
    MessageFilingForm,
    SecretariatAddressesForm,
)
from jukwaa.proposals.forms.participants import (
    ParticipantEditForm,
    ParticipantInvitationForm,
    ParticipantNewForm,
    RecordedAnswerForm,
    get_invitation_values,
    get_participant_values,
    get_recorded_answer_values,
)
from jukwaa.proposals.forms.proposals import (
    FieldAnswerForm,
    ProposalFactsForm,
    ProposalStartForm,
    RequiredFieldAnswerForm,
    get_answer_values,
    get_fact_values,
)
from jukwaa.proposals.forms.sessions import SessionImportForm
from jukwaa.proposals.forms.settings import MeetingFromProposalForm, ProposalSettingsForm
from jukwaa.proposals.forms.submissions import ProposalOutcomeForm, ProposalSubmissionForm
