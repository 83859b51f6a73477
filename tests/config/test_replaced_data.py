"""What a restore moved aside is reported with its age, and goes when backups expire."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from jukwaa.config.backups.replaced_data import find_replaced_data, remove_expired_data
from jukwaa.config.health.retention import check_replaced_data

REPLACED_DATA_REPORT = "contains data that a restore replaced %s days ago, including people erased since then."
DELETION_NOTE = "The first backup after 30 days will delete it. If you do not need it, delete it now:"


@pytest.fixture
def settings_data_folder(settings, tmp_path):
    settings.DATA_FOLDER, settings.BACKUP_DAYS = tmp_path, 30
    return tmp_path


def create_replaced_data(data_path, days):
    folder = data_path / (timezone.now() - timedelta(days=days)).strftime("before-restore-%Y%m%d-%H%M%S")
    (folder / "files").mkdir(parents=True)
    return folder


def list_replaced_data_findings():
    return [(finding.sentence, finding.is_wrong) for finding in check_replaced_data()]


def test_replaced_data_is_reported_with_age_and_command(settings_data_folder):
    folder = create_replaced_data(settings_data_folder, 12)

    assert list_replaced_data_findings() == [
        (
            f"{folder} {REPLACED_DATA_REPORT % 12} {DELETION_NOTE} rm -r {folder}",
            False,
        )
    ]


def test_replaced_data_kept_too_long_is_error(settings_data_folder):
    folder = create_replaced_data(settings_data_folder, 33)

    assert list_replaced_data_findings() == [
        (
            f"{folder} {REPLACED_DATA_REPORT % 33} The privacy notice states 30 days. Delete it: rm -r {folder}",
            True,
        )
    ]


@pytest.mark.parametrize(("days", "is_data_kept"), [(29, True), (31, False)])
def test_replaced_data_is_deleted_when_backups_expire(settings_data_folder, days, is_data_kept):
    folder = create_replaced_data(settings_data_folder, days)
    remove_expired_data(timezone.now())

    assert (folder.exists(), len(find_replaced_data())) == (is_data_kept, is_data_kept)


def test_killed_restore_is_reported_after_a_day(settings_data_folder):
    left, under_way = settings_data_folder / "restore-abc", settings_data_folder / "restore-def"
    for folder in (left, under_way):
        folder.mkdir()
    two_days_ago = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(left, (two_days_ago, two_days_ago))

    assert list_replaced_data_findings() == [
        (f"{left} is left over from a restore that was interrupted. Delete it: rm -r {left}", True)
    ]


def test_other_folders_are_kept(settings_data_folder):
    other = settings_data_folder / "before-restore-of-mine"
    other.mkdir()
    remove_expired_data(timezone.now() + timedelta(days=999))

    assert (other.exists(), list_replaced_data_findings()) == (True, [])
