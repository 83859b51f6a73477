"""One LibreOffice for all tests that need it, without a screen and with a profile of its own."""

import json
import os
import shutil
import signal
import subprocess
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

OFFICE_SCRIPT = Path(__file__).with_name("libreoffice_edits.py")
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's own, which has `uno`

type Work = Callable[..., tuple[bytes, list[str]]]


@pytest.fixture(scope="session")
def office_pipe(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if (office := shutil.which("soffice")) is None:
        pytest.fail("The tests of Word files need LibreOffice: bin/install-office.")
    name, profile = f"jukwaa-{uuid.uuid4().hex}", tmp_path_factory.mktemp("office")
    flags = ["--headless", "--norestore", "--nologo", "--nodefault", f"-env:UserInstallation={profile.as_uri()}"]
    process = subprocess.Popen(
        [office, *flags, f"--accept=pipe,name={name};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    yield name
    os.killpg(process.pid, signal.SIGTERM)
    process.wait()


@pytest.fixture
def edit_in_office(office_pipe: str, tmp_path: Path) -> Work:
    """Do something to a file in LibreOffice: what was saved, and what its paragraphs read."""

    def do_office_work(edit_action: str, file_content: bytes, plan: list[Any] | None = None) -> tuple[bytes, list[str]]:
        source, target = tmp_path / "in.docx", tmp_path / "out.docx"
        source.write_bytes(file_content)
        orders = [
            SYSTEM_PYTHON,
            str(OFFICE_SCRIPT),
            office_pipe,
            edit_action,
            str(source),
            str(target),
            json.dumps(plan or []),
        ]
        done = subprocess.run(orders, capture_output=True, check=False, text=True)
        assert done.returncode == 0, done.stderr
        return target.read_bytes(), json.loads(done.stdout)

    return do_office_work
