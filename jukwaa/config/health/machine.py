"""What the machine brings: settings, disk, parsers, fonts, data files."""

import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import to_locale

from jukwaa.config.health.checks import Finding, remark, wrong
from jukwaa.core.documents.incoming import extract_text
from jukwaa.core.documents.outgoing import Document, NotTypesetError, Paragraph, to_pdf
from jukwaa.places.helplines import all_helplines

LEAST_FREE = 1024**3
LOCAL = ("http://127.0.0.1", "http://localhost", "http://[::1]")

# A word in each script that a report may need, and Debian's package with a font for it.
SCRIPTS = {
    "Arabic": ("السلام", "ar", "fonts-hosny-amiri"),
    "Chinese": ("和平", "zh", "fonts-noto-cjk"),
    "Devanagari": ("शांति", "hi", "fonts-noto-core"),
    "Ethiopic": ("ሰላም", "am", "fonts-noto-core"),
}


def settings_fit() -> Iterator[Finding]:
    """Unknown variables were refused when the settings were read; here are those that don't fit together."""
    is_local = settings.SITE_URL.startswith(LOCAL)
    if settings.DEBUG and not is_local:
        yield wrong("JUKWAA_DEBUG is on, so error pages show the code to everyone. Remove this setting.")
    if settings.DEMO and not is_local:
        yield remark(
            "JUKWAA_DEMO is on: everyone can read the emails that are sent here. Do not use it with real people."
        )
    if not settings.HTTPS and not is_local:
        yield wrong("JUKWAA_URL begins with http://, so sign-in links are not encrypted. Set up HTTPS.")
    if settings.MAILERS["default"]["BACKEND"].endswith("FileBackend") and not (settings.DEMO or is_local):
        yield wrong("Emails are saved as files and not sent. Set JUKWAA_MAIL_URL.")
    key = settings.DATA_FOLDER / "secret-key"
    if key.exists() and key.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        yield wrong(f"Others on this machine can read {key}. Run: chmod 600 {key}")


def operator_is_named() -> Iterator[Finding]:
    """Privacy notices have to say who is responsible for the site (GDPR, Article 13 (1))."""
    if settings.DEMO or settings.SITE_URL.startswith(LOCAL):
        return
    if not settings.OPERATOR:
        yield wrong(
            "The privacy notices do not name the operator. Set JUKWAA_OPERATOR to your name and postal address."
        )
    if not settings.OPERATOR_CONTACT:
        yield wrong("The privacy notices have no contact. Set JUKWAA_OPERATOR_CONTACT to an email address.")


def folder_takes_files() -> Iterator[Finding]:
    for folder in (settings.DATA_FOLDER, Path(default_storage.path(""))):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=folder) as probe:
                probe.write(b"probe")
        except OSError as error:
            yield wrong(f"Nothing can be written to {folder}: {error.strerror}. Give it to the user who runs Jukwaa.")
            return
    if (free := shutil.disk_usage(settings.DATA_FOLDER).free) < LEAST_FREE:
        yield wrong(
            f"Only {free // 1024**2} MB are free on the disk of the data folder. Free some space, or move JUKWAA_DATA."
        )


def child_reads() -> Iterator[Finding]:
    """The child process that opens people's files starts, and reads a page."""
    read = extract_text(b"<html><body><p>One page.</p></body></html>", "page.html").text.strip()
    if read != "One page.":
        yield wrong(
            f"The process that reads files read {read!r} instead of 'One page.'. Reinstall the packages of Jukwaa."
        )


def page_is_set() -> Iterator[Finding]:
    try:
        made = to_pdf(Document(title="Probe", blocks=[Paragraph("One page.")]))
    except NotTypesetError as error:
        yield wrong(f"PDF files cannot be created ({error}). Reinstall the packages of Jukwaa.")
        return
    for sentence in made.warnings:
        yield wrong(sentence)


def fonts_are_there() -> Iterator[Finding]:
    for script, (word, language, package) in SCRIPTS.items():
        if to_pdf(Document(title=word, language=language, blocks=[Paragraph(word)])).warnings:
            yield remark(
                f"PDF files show boxes for {script} letters. If your reports need them, run: apt-get install {package}"
            )


def helplines_load() -> Iterator[Finding]:
    if not all_helplines():
        yield wrong("There are no helplines in jukwaa/places/data/helplines.toml. Reinstall Jukwaa.")


def translations_are_compiled() -> Iterator[Finding]:
    for folder in map(Path, settings.LOCALE_PATHS):
        for code, _name in settings.LANGUAGES:
            source = folder / to_locale(code) / "LC_MESSAGES" / "django.po"
            compiled = source.with_suffix(".mo")
            if source.exists() and not compiled.exists():
                yield wrong(
                    f"{source} is not compiled, so pages are in English. Run: pybabel compile -d {folder} -D django"
                )
