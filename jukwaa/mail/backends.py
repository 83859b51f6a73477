"""Mail into files, one .eml each, for the demo and for development."""

import os
from collections.abc import Sequence
from email.generator import BytesGenerator
from email.policy import SMTP
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

FILE_BACKEND_CLASS_PATH = "jukwaa.mail.backends.EmlFileBackend"


class EmlFileBackend(BaseEmailBackend):
    """A file appears under its name only when all of it is written, so that nobody reads half a mail."""

    def __init__(self, *, folder: Path, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.folder = Path(folder)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._write_eml_file(message)
        return len(email_messages)

    def _write_eml_file(self, message: EmailMessage) -> None:
        name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}"
        part = self.folder / f"{name}.part"
        with part.open("wb") as file:
            made = message.message()
            # Folded at 78 letters, Python loses the space between two words that it encodes: as long as in `tasks`.
            policy = SMTP.clone(max_line_length=made.policy.max_line_length)
            BytesGenerator(file, policy=policy).flatten(made)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self.folder / f"{name}.eml")


def is_email_saved_to_files() -> bool:
    """Where no mail server is set up, nothing reaches anybody; a demonstration is meant to be so."""
    return not settings.DEMO and settings.MAILERS["default"]["BACKEND"] == FILE_BACKEND_CLASS_PATH
