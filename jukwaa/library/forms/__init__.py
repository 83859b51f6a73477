"""What people fill in about an item of the library."""

from jukwaa.library.forms.details import DetailsForm
from jukwaa.library.forms.sharing import ShareForm

__all__ = ["DetailsForm", "ShareForm"]
