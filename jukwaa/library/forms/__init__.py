"""What people fill in about an item of the library."""

from jukwaa.library.forms.collections import CollectForm, IntroducedForm, NewCollectionForm
from jukwaa.library.forms.details import DetailsForm
from jukwaa.library.forms.readers import ItemReadersForm
from jukwaa.library.forms.reviewing import AssignForm, DecideForm, DeclarationForm
from jukwaa.library.forms.sharing import ShareForm
from jukwaa.library.forms.translating import SeenForm, TranslateForm, UpdateForm, WithdrawItemForm
from jukwaa.library.forms.travelling import UseForm

__all__ = [
    "AssignForm",
    "CollectForm",
    "DecideForm",
    "DeclarationForm",
    "DetailsForm",
    "IntroducedForm",
    "ItemReadersForm",
    "NewCollectionForm",
    "SeenForm",
    "ShareForm",
    "TranslateForm",
    "UpdateForm",
    "UseForm",
    "WithdrawItemForm",
]
