"""What people fill in about an item of the library."""

from jukwaa.library.forms.collections import CollectForm, IntroducedForm, NewCollectionForm
from jukwaa.library.forms.details import DetailsForm
from jukwaa.library.forms.readers import ChangeReadersForm
from jukwaa.library.forms.reviewing import AssignForm, DecideForm, DeclarationForm
from jukwaa.library.forms.sharing import ShareForm
from jukwaa.library.forms.translating import SeenForm, TranslateForm, UpdateForm, WithdrawItemForm
from jukwaa.library.forms.travelling import ChangeUseForm, UseForm
