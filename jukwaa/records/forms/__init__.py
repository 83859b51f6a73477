"""What people fill in about any record."""

from jukwaa.records.forms.comments import CommentEditForm, CommentForm, HideForm
from jukwaa.records.forms.files import AttachmentForm
from jukwaa.records.forms.lifecycle import CompareForm, RestoreForm, WithdrawForm
