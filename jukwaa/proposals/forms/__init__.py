from jukwaa.proposals.forms.call_files import CallTextForm, CallUploadForm
from jukwaa.proposals.forms.call_form import CallForm
from jukwaa.proposals.forms.candidates import CandidateForm
from jukwaa.proposals.forms.correspondence import (
    DeadlineForm,
    DraftForm,
    DraftReviewForm,
    MessageApprovalForm,
    MessageFilingForm,
    ReviewRequestForm,
    SecretariatAddressesForm,
    VersionForm,
)
from jukwaa.proposals.forms.participants import (
    InvitationForm,
    ParticipantEditForm,
    ParticipantNewForm,
    RecordedAnswerForm,
    get_invitation_values,
    get_participant_values,
    get_recorded_values,
)
from jukwaa.proposals.forms.proposals import (
    AnswerForm,
    FactsForm,
    ProposalStartForm,
    RequiredAnswerForm,
    get_answer_values,
    get_fact_values,
)
from jukwaa.proposals.forms.sessions import SessionImportForm
from jukwaa.proposals.forms.settings import MeetingFromProposalForm, ProposalSettingsForm
from jukwaa.proposals.forms.submissions import OutcomeForm, SubmissionForm
