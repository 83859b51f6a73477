"""The file of a call: chosen from a computer, or edited as text. Problems are told by line, and the text is kept."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jukwaa.core.forms import Form
from jukwaa.proposals.call import CallForProposals
from jukwaa.proposals.call_parser import MAX_CALL_FILE_BYTES, CallFileError, parse_call_toml


class CallUploadForm(Form):
    """`text` is what the file holds. Whether it describes a call is asked afterwards, with the text on the page."""

    use_required_attribute = False
    submission_source = "import"

    file = forms.FileField(
        label=gettext_lazy("Call file"),
        help_text=gettext_lazy("A TOML file of at most 200 kB."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".toml,.txt"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    text = ""

    def clean_file(self) -> UploadedFile[Any]:
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_CALL_FILE_BYTES:
            raise forms.ValidationError(_("This file is too large. Upload a call file of at most 200 kB."))
        try:
            self.text = file.read().decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("This is not a text file. Save it as plain text in UTF-8.")) from error
        if not self.text.strip():
            raise forms.ValidationError(_("This file is empty. Choose another file."))
        self.file_texts = [self.text]
        return file


class CallTextForm(Form):
    """`call` is what the text describes. `edited` and `version` say which call it was edited from."""

    text = forms.CharField(
        label=gettext_lazy("Call file"),
        strip=False,
        widget=forms.Textarea({"rows": 24, "spellcheck": "false", "dir": "ltr"}),
    )
    edited = forms.SlugField(required=False, max_length=100, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    call: CallForProposals

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        try:
            self.call = parse_call_toml(text)
        except CallFileError as error:
            raise forms.ValidationError(
                [_format_line_problem(problem.line, problem.sentence) for problem in error.problems]
            ) from error
        return text.strip()

    def clean_version(self) -> int:
        return self.cleaned_data["version"] or 0


def _format_line_problem(line_number: int, sentence: str) -> str:
    return _("Line %(line)s: %(problem)s") % {"line": line_number, "problem": sentence}
