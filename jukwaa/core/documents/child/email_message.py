"""The text of an email that was saved as a file: who wrote it, when, about what, and its words."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from jukwaa.core.documents.child.text_builder import FileUnreadableError, OnPage, build_hidden_text_answer
from jukwaa.core.documents.child.web import extract_page_text


def read(path: Path, orders: dict[str, Any], on_page: OnPage) -> dict[str, Any]:
    """Its words, with ">" before those of the emails that it answers. Addresses and attachments are left out."""
    del on_page
    message = message_from_bytes(path.read_bytes(), _class=EmailMessage, policy=default)
    body = message.get_body(("plain", "html"))
    if body is None or not (message["from"] or message["subject"]):
        raise FileUnreadableError("broken")
    words = str(body.get_content())
    struck_blocks: list[str] = []
    if body.get_content_type() == "text/html":
        words, struck_blocks = extract_page_text(words, orders["characters"])
    answer = {"text": f"{_build_email_heading(message)}\n\n{words}".strip()}
    return answer | build_hidden_text_answer(struck_blocks, orders["characters"])


def _build_email_heading(message: EmailMessage) -> str:
    senders = (
        [address.display_name or address.username for address in message["from"].addresses] if message["from"] else []
    )
    lines = [("From", ", ".join(senders)), ("Date", message["date"]), ("Subject", message["subject"])]
    return "\n".join(f"{label}: {' '.join(str(value).split())}" for label, value in lines if value)
