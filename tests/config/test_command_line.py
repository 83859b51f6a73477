"""What the command line answers to somebody who sets it up: a list of commands, and a sentence for each mistake."""

import errno
import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from jukwaa import __version__

PROJECT_FOLDER = Path(__file__).resolve().parents[2]


def run_jukwaa_command(data, *arguments, **variables):
    environment = {**os.environ, "JUKWAA_DATA": str(data)}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "jukwaa", *arguments],
        cwd=PROJECT_FOLDER,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_help_lists_each_command_on_one_line(tmp_path):
    status, said = run_jukwaa_command(tmp_path, "--help")
    ours = {path.stem for path in (PROJECT_FOLDER / "jukwaa").glob("*/management/commands/[!_]*.py")}
    listed = [line.split() for line in said.splitlines() if line.startswith("  ")]

    assert status == 0
    assert [words[0] for words in listed] == sorted(ours)
    assert [words[0] for words in listed if len(words) < 4] == []
    assert max(map(len, said.splitlines())) <= 120
    assert run_jukwaa_command(tmp_path, "help")[1] == said


def test_version_is_newest_in_changelog(tmp_path):
    newest = re.search(
        r"^## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d$", (PROJECT_FOLDER / "CHANGELOG.md").read_text(), re.MULTILINE
    )

    assert newest is not None
    assert (__version__, run_jukwaa_command(tmp_path, "--version")) == (newest[1], (0, f"Jukwaa {newest[1]}\n"))


def test_version_is_defined_once():
    project = tomllib.loads((PROJECT_FOLDER / "pyproject.toml").read_text())

    assert ("version" in project["project"], project["tool"]["setuptools"]["dynamic"]["version"]) == (
        False,
        {"attr": "jukwaa.__version__"},
    )


@pytest.mark.parametrize(
    ("setting_name", "setting_value", "expected_sentence"),
    [
        ("JUKWAA_DEBUG", "maybe", "JUKWAA_DEBUG is 'maybe'. Set it to true or false."),
        ("JUKWAA_LMTP_PORT", "abc", "JUKWAA_LMTP_PORT is 'abc'. Set it to a number from 1 to 65535."),
        ("JUKWAA_BACKUP_DAYS", "0", "JUKWAA_BACKUP_DAYS is '0'. Set it to a number of days."),
        ("JUKWAA_URL", "foo", "JUKWAA_URL is 'foo'. Begin it with https://, as in https://jukwaa.example.org"),
        (
            "JUKWAA_URL",
            "https://a:b",
            "JUKWAA_URL is 'https://a:b'. Begin it with https://, as in https://jukwaa.example.org",
        ),
        ("DATABASE_URL", "mysql://x", "DATABASE_URL must begin with postgresql://. Without it, Jukwaa uses SQLite."),
    ],
)
@pytest.mark.slow
def test_invalid_setting_prints_one_sentence_and_exits_with_2(tmp_path, setting_name, setting_value, expected_sentence):
    assert run_jukwaa_command(tmp_path, "serve", **{setting_name: setting_value}) == (2, f"{expected_sentence}\n")


def test_unusable_data_folder_prints_one_sentence_and_exits_with_2(tmp_path):
    (tmp_path / "taken").touch()
    status, said = run_jukwaa_command(tmp_path / "taken", "serve")

    assert (status, said.count("\n")) == (2, 1)
    assert said.startswith(f"The data folder {tmp_path / 'taken'} cannot be used: ")


@pytest.mark.skipif(os.geteuid() == 0, reason="root can read every folder")
def test_unreadable_data_folder_prints_one_sentence_and_exits_with_2(tmp_path):
    tmp_path.chmod(0)
    status, said = run_jukwaa_command(tmp_path, "serve")
    tmp_path.chmod(0o700)

    assert (status, said.count("\n")) == (2, 1)
    assert said.startswith(f"The data folder {tmp_path} cannot be ")


@pytest.mark.slow
def test_invalid_database_prints_one_sentence_and_exits_with_2(tmp_path):
    (tmp_path / "jukwaa.sqlite3").write_text("This is a text. " * 100)

    assert run_jukwaa_command(tmp_path, "tick") == (
        2,
        "The database cannot be used: file is not a database. Add --traceback to see where.\n",
    )


@pytest.mark.parametrize("jukwaa_command", ["serve", "demo"])
@pytest.mark.slow
def test_used_port_prints_one_sentence_and_exits_with_2(tmp_path, jukwaa_command):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        status, said = run_jukwaa_command(tmp_path, jukwaa_command, f"--port={port}", JUKWAA_DEMO="true")

    reason = os.strerror(errno.EADDRINUSE)
    assert (status, said) == (
        2,
        f"CommandError: Jukwaa cannot listen on 127.0.0.1, port {port} ({reason}). Choose another with --port.\n",
    )


@pytest.mark.parametrize(
    ("command_option", "expected_sentence"),
    [
        ("--port=99999", "99999 is not a port number. Choose a number from 1 to 65535 with --port."),
        ("--host=nowhere.invalid", "nowhere.invalid is not an address of this machine. Choose another with --host."),
        ("--workers=0", "At least 1 web process is needed. Change --workers."),
    ],
)
@pytest.mark.slow
def test_invalid_option_prints_one_sentence_and_exits_with_2(tmp_path, command_option, expected_sentence):
    assert run_jukwaa_command(tmp_path, "serve", command_option) == (2, f"CommandError: {expected_sentence}\n")


@pytest.mark.slow
def test_data_folder_is_private_to_owner(tmp_path):
    data = tmp_path / "data"
    assert run_jukwaa_command(data, "prepare", "--verbosity=0") == (0, "")

    made = [data, *data.rglob("*")]
    assert {oct(path.stat().st_mode & 0o777) for path in made if path.is_dir()} == {"0o700"}
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in made if path.is_file()} == {
        "jukwaa.sqlite3": "0o600",
        "erasures.key": "0o600",
        "secret-key": "0o600",
    }
