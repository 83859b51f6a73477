"""Configuration by environment: every variable is named here, unknown ones are refused."""

import hmac
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environs
from django.core.exceptions import ImproperlyConfigured

from jukwaa.core.listen_addresses import MAX_PORT_NUMBER

ENVIRONMENT_PREFIX = "JUKWAA_"
DATA_FOLDER_ADVICE = "Give it to the user who runs Jukwaa, or set JUKWAA_DATA to another folder."
ERASURES_ADVICE = "Give it to the user who runs Jukwaa, or set JUKWAA_ERASURES to another folder."

ENVIRONMENT_DESCRIPTIONS = {
    "JUKWAA_DATA": "the data folder: database, files, emails, secret key (default: data/ in the current folder)",
    "JUKWAA_ERASURES": "the folder of the ledger of erasures and its key (default: erasures/ in the data folder)",
    "JUKWAA_URL": "the address of the site, with https:// (default: http://127.0.0.1:8000)",
    "JUKWAA_HOSTS": "more host names of the site, separated by commas",
    "JUKWAA_SECRET_KEY": "the key that signs links and cookies (default: created once and kept in the data folder)",
    "JUKWAA_DEBUG": "true for development only: error pages show the code",
    "JUKWAA_DEMO": "true for a demonstration: pages say so, and emails are saved as files",
    "JUKWAA_MAIL_URL": "the mail server: smtp://user:password@host:587/?tls=true, or file: (saved in the data folder)",
    "JUKWAA_MAIL_FROM": "the sender address of emails (default: jukwaa@ the host of JUKWAA_URL)",
    "JUKWAA_MAIL_DOMAIN": "the domain that receives email (default: the host of JUKWAA_URL; localhost for 127.0.0.1)",
    "JUKWAA_LMTP_PORT": "the loopback port that receives email by LMTP (default: none)",
    "JUKWAA_MAIL_AUTHORITY": "the name that your mail server gives in Authentication-Results (default: none)",
    "JUKWAA_MAIL_DAYS": "days after which the text of sent emails is deleted (default: 30)",
    "JUKWAA_BACKUP_DAYS": "days after which backups expire, as stated in privacy notices (default: 30)",
    "JUKWAA_OPERATOR": "name and postal address of the operator, for the privacy notice",
    "JUKWAA_OPERATOR_CONTACT": "the email address of the operator for questions about personal data",
    "JUKWAA_PROVIDERS": "services that the site uses, with their purpose and place, separated by semicolons",
    "JUKWAA_BACKUP_FOLDERS": "more folders with copies of backups, which doctor checks, separated by commas",
}

# How PostgreSQL is used, unless DATABASE_URL says otherwise. Compiling a statement takes longer than running ours, so
# that it is off for our connections (`jit`). Values are bound by the server, so that a statement that a connection
# has run a few times is prepared and no longer planned each time.
POSTGRESQL_SESSION_OPTIONS = "-c jit=off"
POSTGRESQL_CLIENT_OPTIONS: dict[str, Any] = {"server_side_binding": True, "prepare_threshold": 3}
POSTGRESQL_CLIENT_OPTION_HELP = {
    "server_side_binding": "Enter true or false.",
    "prepare_threshold": "Enter a number, or none if a connection pool shares connections between transactions.",
}


@dataclass(frozen=True, kw_only=True)
class EnvironmentSettings:
    """What the settings need, read and checked once."""

    data: Path
    erasures: Path
    erasures_key: str
    url: str
    hosts: list[str]
    secret_key: str
    debug: bool
    demo: bool
    database: dict[str, Any] | None
    mail_url: str
    mail_from: str
    mail_domain: str
    lmtp_port: int | None
    mail_authority: str
    mail_days: int
    backup_days: int
    backup_folders: list[Path]
    operator: str
    operator_contact: str
    providers: list[str]


def read_environment() -> EnvironmentSettings:
    """Raises ImproperlyConfigured, with a sentence, for a variable that is unknown or has an unusable value."""
    _refuse_unknown_variables()
    try:
        return _read_environment_variables(environs.Env())
    except environs.EnvError as error:
        raise ImproperlyConfigured(f"A setting cannot be used. {error}.") from error


def _read_environment_variables(env: environs.Env) -> EnvironmentSettings:
    data = _prepare_data_folder(Path(env.str("JUKWAA_DATA", "data")).absolute())
    erasures = Path(env.str("JUKWAA_ERASURES", "") or data / "erasures").absolute()
    secret_key = env.str("JUKWAA_SECRET_KEY", "") or _load_secret_key(data / "secret-key")
    url = env.str("JUKWAA_URL", "http://127.0.0.1:8000").rstrip("/")
    host = _parse_site_host(url)
    mail_domain = env.str("JUKWAA_MAIL_DOMAIN", "localhost" if host == "127.0.0.1" else host)
    return EnvironmentSettings(
        data=data,
        erasures=erasures,
        erasures_key=_load_erasures_key(erasures, secret_key),
        url=url,
        hosts=[host, "localhost", "127.0.0.1", *env.list("JUKWAA_HOSTS", [])],
        secret_key=secret_key,
        debug=_read_bool_variable(env, "JUKWAA_DEBUG"),
        demo=_read_bool_variable(env, "JUKWAA_DEMO"),
        database=_read_database_settings(env),
        mail_url=env.str("JUKWAA_MAIL_URL", "file:"),
        mail_from=env.str("JUKWAA_MAIL_FROM", f"jukwaa@{mail_domain}"),
        mail_domain=mail_domain,
        lmtp_port=_parse_port_number(env.str("JUKWAA_LMTP_PORT", "")),
        mail_authority=env.str("JUKWAA_MAIL_AUTHORITY", ""),
        mail_days=_read_days_variable(env, "JUKWAA_MAIL_DAYS"),
        backup_days=_read_days_variable(env, "JUKWAA_BACKUP_DAYS"),
        backup_folders=env.list("JUKWAA_BACKUP_FOLDERS", [], subcast=Path),
        operator=env.str("JUKWAA_OPERATOR", ""),
        operator_contact=env.str("JUKWAA_OPERATOR_CONTACT", ""),
        providers=[each.strip() for each in env.str("JUKWAA_PROVIDERS", "").split(";") if each.strip()],
    )


def _refuse_unknown_variables() -> None:
    unknown = sorted(
        name for name in os.environ if name.startswith(ENVIRONMENT_PREFIX) and name not in ENVIRONMENT_DESCRIPTIONS
    )
    if unknown:
        known = "\n".join(f"  {name}: {meaning}" for name, meaning in ENVIRONMENT_DESCRIPTIONS.items())
        raise ImproperlyConfigured(f"{', '.join(unknown)} is not a setting of Jukwaa. The settings are:\n{known}")


def _read_database_settings(env: environs.Env) -> dict[str, Any] | None:
    """PostgreSQL by DATABASE_URL; None means SQLite in the data folder."""
    if not (url := env.str("DATABASE_URL", "")):
        return None
    if "://" in url and not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://. Without it, Jukwaa uses SQLite.")
    from psycopg import ProgrammingError  # noqa: PLC0415 - only where PostgreSQL is used
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - as above

    url, chosen = _split_url_options(url)
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {str(error).strip()}.") from error
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    columns = {key: str(parts.pop(part, "") or "") for key, part in names.items()}
    session = f"{POSTGRESQL_SESSION_OPTIONS} {parts.pop('options', '') or ''}".strip()
    return columns | {"OPTIONS": {**parts, "options": session, **POSTGRESQL_CLIENT_OPTIONS, **chosen}}


def _split_url_options(url: str) -> tuple[str, dict[str, Any]]:
    """Take the options that are Django's and psycopg's, not the server's, out of the query of an address.

    Returns the address without them, and their values: `server_side_binding=false&prepare_threshold=none`.
    """
    address, _, query = url.partition("?")
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    ours = {name: value for name, _, value in pairs if name in POSTGRESQL_CLIENT_OPTIONS}
    rest = "&".join(f"{name}={value}" for name, _, value in pairs if name not in POSTGRESQL_CLIENT_OPTIONS)
    return f"{address}?{rest}" if rest else address, {name: _parse_database_option(name, ours[name]) for name in ours}


def _parse_database_option(variable_name: str, option_value: str) -> bool | int | None:
    if variable_name == "prepare_threshold" and option_value.isdecimal():
        return int(option_value)
    if variable_name == "prepare_threshold" and option_value == "none":
        return None
    if variable_name == "server_side_binding" and option_value in {"true", "false"}:
        return option_value == "true"
    raise ImproperlyConfigured(
        f"DATABASE_URL: {variable_name}={option_value} cannot be used. {POSTGRESQL_CLIENT_OPTION_HELP[variable_name]}"
    )


def _prepare_data_folder(data_folder: Path) -> Path:
    """Return the folder, made if it is missing, for its owner alone."""
    try:
        data_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data_folder / "static").mkdir(exist_ok=True, mode=0o700)  # whitenoise warns where it is missing
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {data_folder} cannot be used: {error.strerror}. {DATA_FOLDER_ADVICE}"
        ) from error
    if not os.access(data_folder, os.R_OK | os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"The data folder {data_folder} cannot be read and written. {DATA_FOLDER_ADVICE}")
    return data_folder


def _load_secret_key(path: Path) -> str:
    return _load_or_create_key(path, secrets.token_urlsafe(50), DATA_FOLDER_ADVICE)


def _load_erasures_key(folder_path: Path, secret_key: str) -> str:
    """Made once out of the key that signs, which may be replaced: the ledger of erasures must outlive that."""
    try:
        folder_path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        reason = f"The folder {folder_path} cannot be used: {error.strerror}. {ERASURES_ADVICE}"
        raise ImproperlyConfigured(reason) from error
    return _load_or_create_key(
        folder_path / "erasures.key",
        hmac.digest(secret_key.encode(), b"jukwaa.erasures", "sha256").hex(),
        ERASURES_ADVICE,
    )


def _load_or_create_key(path: Path, new_value: str, repair_advice: str) -> str:
    """Return the key that is kept there, which is the new one at first."""
    try:
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(new_value)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(f"The key {path} cannot be read: {error.strerror}. {repair_advice}") from error


def _parse_site_host(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.scheme in {"http", "https"} and (parts.port is None or parts.port) else None
    except ValueError:
        host = None
    if not host:
        raise ImproperlyConfigured(f"JUKWAA_URL is {url!r}. Begin it with https://, as in https://jukwaa.example.org")
    return f"[{host}]" if ":" in host else host


def _read_bool_variable(env: environs.Env, variable_name: str) -> bool:
    try:
        return env.bool(variable_name, default=False)
    except environs.EnvError as error:
        raise ImproperlyConfigured(
            f"{variable_name} is {os.environ[variable_name]!r}. Set it to true or false."
        ) from error


def _read_days_variable(env: environs.Env, variable_name: str) -> int:
    try:
        days = env.int(variable_name, 30)
    except environs.EnvError:
        days = 0
    if days < 1:
        raise ImproperlyConfigured(f"{variable_name} is {os.environ[variable_name]!r}. Set it to a number of days.")
    return days


def _parse_port_number(variable_value: str) -> int | None:
    if not variable_value:
        return None
    if not (variable_value.isascii() and variable_value.isdigit() and 0 < int(variable_value) <= MAX_PORT_NUMBER):
        raise ImproperlyConfigured(
            f"JUKWAA_LMTP_PORT is {variable_value!r}. Set it to a number from 1 to {MAX_PORT_NUMBER}."
        )
    return int(variable_value)
