"""Where mail leaves: an SMTP server, or files. Read by the settings, so nothing of Django is loaded here."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

SMTP_TIMEOUT_SECONDS = 30
MAIL_URL_HINT = (
    "Write smtp://user:password@host:587/?tls=true, smtps://user:password@host:465, or file: for the data folder."
)


def parse_mail_url(url: str, folder_path: Path) -> dict[str, Any]:
    """One entry of MAILERS for JUKWAA_MAIL_URL. Raises ImproperlyConfigured with what to write instead."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        path = Path(parts.path) if parts.path else folder_path / "out"
        return {"BACKEND": "jukwaa.mail.backends.EmlFileBackend", "OPTIONS": {"folder": path}}
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured(f"JUKWAA_MAIL_URL can't be read. {MAIL_URL_HINT}")
    return {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": _parse_smtp_url(url)}


def _parse_smtp_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    if unknown := sorted(query.keys() - {"tls", "timeout"}):
        raise ImproperlyConfigured(f"JUKWAA_MAIL_URL has an unknown part: {', '.join(unknown)}. {MAIL_URL_HINT}")
    ssl = parts.scheme == "smtps"
    return {
        "host": parts.hostname,
        "port": parts.port or (465 if ssl else 25),
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_ssl": ssl,
        "use_tls": not ssl and query.get("tls", ["false"])[0].lower() in {"true", "1", "yes"},
        "timeout": int(query.get("timeout", [str(SMTP_TIMEOUT_SECONDS)])[0]),
    }
