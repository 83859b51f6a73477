from jukwaa.proposals.forms.call_files import CallTextForm, CallUploadForm
from jukwaa.proposals.forms.call_form import CallForm
from jukwaa.proposals.forms.correspondence import (
    ApproveForm,
    DeadlineForm,
    DraftForm,
    PlaceForm,
    ReviewerForm,
    ReviewForm,
    SecretariatForm,
    VersionForm,
)
from jukwaa.proposals.forms.proposals import (
    AnswerForm,
    FactsForm,
    ProposalStartForm,
    get_answer_values,
    get_fact_values,
)
from jukwaa.proposals.forms.submissions import OutcomeForm, SubmissionForm
