"""What people fill in about an item of the library."""

from jukwaa.library.forms.collections import AddToCollectionForm, CollectionForm, NewCollectionForm
from jukwaa.library.forms.item_details import DetailsForm
from jukwaa.library.forms.items import ShareForm
from jukwaa.library.forms.readers import ChangeReadersForm
from jukwaa.library.forms.reviews import AssignReviewerForm, DeclarationForm, ReviewDecisionForm
from jukwaa.library.forms.translations import (
    NewTranslationForm,
    SeenVersionForm,
    UpdateTranslationForm,
    WithdrawItemForm,
)
from jukwaa.library.forms.uses import ChangeUseForm, UseForm
