from jukwaa.proposals.forms.call_files import CallTextForm, CallUploadForm
from jukwaa.proposals.forms.call_form import CallForm
