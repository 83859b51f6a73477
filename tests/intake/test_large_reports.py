"""A long document goes to the desk in short transactions: others write meanwhile, and nobody sees half of it."""

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from jukwaa.intake import reading_store, tasks
from jukwaa.intake.actions import ReadingDetails, ReadingUpload, start_background_reading
from jukwaa.intake.models import Reading, Sentence, Suggestion
from jukwaa.records import actions, index
from jukwaa.records.index import indexer
from jukwaa.records.models import Comment, Document, Passage
from tests.concurrency import run_concurrently
from tests.factories import DocumentFactory

TEXT_LINE = "It was agreed that member {} would share the report.\n\n"


def build_long_text(line_count=400):
    return "".join(TEXT_LINE.format(number) for number in range(line_count)) + "The quokka spoke last."


@pytest.fixture(autouse=True)
def small_reading_parts(monkeypatch):
    monkeypatch.setattr(reading_store, "ROWS_PER_BATCH", 50)
    monkeypatch.setattr(indexer, "MAX_CHARACTERS_PER_BATCH", 3_000)
    monkeypatch.setattr("jukwaa.records.models.documents.MAX_PASSAGE_CHARACTERS", 1_000)


@pytest.fixture
def reading_in_progress(coalition, rapporteur):
    upload = ReadingUpload("minutes.txt", build_long_text().encode())
    return start_background_reading(
        actor=rapporteur, coalition=coalition, reading_details=ReadingDetails(title="Minutes"), reading_upload=upload
    )


class TransactionRecorder:
    """How many rows each transaction wrote."""

    def __init__(self):
        self.rows, self.inside = [], False

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            atomic = connection.in_atomic_block
            if not (self.inside and atomic):
                self.rows.append(0)
            self.inside = atomic
            self.rows[-1] += count_written_rows(sql, params, many)
        elif sql.startswith("BEGIN"):
            self.inside = False
        return execute(sql, params, many, context)


def count_written_rows(sql, params, many):
    """PostgreSQL takes many rows as one list a column (UNNEST)."""
    if many:
        return len(params)
    return len(params[0]) if params and isinstance(params[0], list) else sql.count("(%s")


def find_by_word(coalition, viewer, searched_word):
    return [hit.record.title for hit in index.search_records(coalition, viewer, searched_word).hits]


def run_waiting_tasks_of(*wanted):
    for task in DBTaskResult.objects.ready():
        if task.task_path in {each.module_path for each in wanted}:
            args = task.args_kwargs
            task.task.call(*args["args"], **args["kwargs"])


def test_killed_import_is_invisible_and_repeated_as_whole(
    reading_in_progress, coalition, rapporteur, monkeypatch, client
):
    def raise_killed(**_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(reading_store, "_finish_storing_reading", raise_killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.read_upload.func(reading_in_progress.pk)
    reading_in_progress.refresh_from_db()
    assert (reading_in_progress.state, Document.objects.count(), Sentence.objects.count()) == (
        Reading.State.READING,
        0,
        401,
    )

    tasks.read_upload.func(reading_in_progress.pk)

    reading_in_progress.refresh_from_db()
    assert (reading_in_progress.state, Sentence.objects.count()) == (Reading.State.OPEN, 401)
    assert reading_in_progress.document.text == build_long_text()
    with reading_in_progress.document.file.open() as file:
        assert file.read() == build_long_text().encode()
    assert not reading_in_progress.upload


def test_reading_ended_during_import_leaves_no_rows(reading_in_progress, monkeypatch):
    before = reading_store._finish_storing_reading

    def end_reading(**kwargs):
        Reading.objects.update(state=Reading.State.FAILED)
        return before(**kwargs)

    monkeypatch.setattr(reading_store, "_finish_storing_reading", end_reading)
    tasks.read_upload.func(reading_in_progress.pk)

    counts = (Document.objects.count(), Sentence.objects.count(), Suggestion.objects.count())
    assert (Reading.objects.get().state, counts) == (Reading.State.FAILED, (0, 0, 0))


def test_writer_does_not_fail_during_long_import(
    transactional_db, reading_in_progress, rapporteur, coalition, monkeypatch
):
    record = DocumentFactory(coalition=coalition, published=True)

    def post_comment():
        for number in range(30):
            actions.add_comment(actor=rapporteur, record=record, body=f"Point {number}")
        return "written"

    def import_long_text():
        tasks.read_upload.func(reading_in_progress.pk)
        return "imported"

    assert run_concurrently(import_long_text, post_comment) == ["imported", "written"]
    assert Comment.objects.count() == 30
    assert Reading.objects.get().state == Reading.State.OPEN


def test_import_transactions_write_at_most_one_batch(transactional_db, reading_in_progress, rapporteur):
    seen = TransactionRecorder()

    with connection.execute_wrapper(seen):
        tasks.read_upload.func(reading_in_progress.pk)
        run_waiting_tasks_of(index.index_remaining_passages)

    assert max(seen.rows) <= reading_store.ROWS_PER_BATCH
    assert sum(seen.rows) > 800


def test_long_record_is_searchable_to_end_after_worker(coalition, rapporteur):
    document = DocumentFactory(coalition=coalition, title="Long", text=build_long_text(), published=True)
    index.reindex_record(document)
    assert (find_by_word(coalition, rapporteur, "agreed"), find_by_word(coalition, rapporteur, "quokka")) == (
        ["Long"],
        [],
    )

    run_waiting_tasks_of(index.index_remaining_passages)
    run_waiting_tasks_of(index.index_remaining_passages)

    assert find_by_word(coalition, rapporteur, "quokka") == ["Long"]
    assert (
        "".join(Passage.objects.exclude(anchor="").order_by("pk").values_list("text", flat=True)) == build_long_text()
    )


def test_pending_indexing_stops_when_record_changes(coalition, rapporteur, monkeypatch):
    document = DocumentFactory(coalition=coalition, title="Long", text=build_long_text(), published=True)
    index.reindex_record(document)
    before = indexer._build_rows_from_passage_texts

    def withdraw_while_counting(*args):
        actions.withdraw_record(actor=rapporteur, record=document, reason="A mistake.", is_trusted=True)
        return before(*args)

    monkeypatch.setattr(indexer, "_build_rows_from_passage_texts", withdraw_while_counting)
    run_waiting_tasks_of(index.index_remaining_passages)

    assert not Passage.objects.exists()
