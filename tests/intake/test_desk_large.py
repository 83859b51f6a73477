"""A long document goes to the desk in short transactions: others write meanwhile, and nobody sees half of it."""

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from jukwaa.intake import reading_store, tasks
from jukwaa.intake.actions import ReadingDetails, Upload, start_background_reading
from jukwaa.intake.models import Reading, Sentence, Suggestion
from jukwaa.records import actions, index
from jukwaa.records.index import indexer
from jukwaa.records.models import Comment, Document, Passage
from tests.at_once import at_once
from tests.factories import DocumentFactory

LINE = "It was agreed that member {} would share the report.\n\n"


def long_text(lines=400):
    return "".join(LINE.format(number) for number in range(lines)) + "The quokka spoke last."


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(reading_store, "BATCH_SIZE", 50)
    monkeypatch.setattr(indexer, "MAX_CHARACTERS_AT_ONCE", 3_000)
    monkeypatch.setattr("jukwaa.records.models.documents.PASSAGE_LIMIT", 1_000)


@pytest.fixture
def waiting(coalition, rapporteur):
    upload = Upload("minutes.txt", long_text().encode())
    return start_background_reading(
        actor=rapporteur, coalition=coalition, about=ReadingDetails(title="Minutes"), upload=upload
    )


class Transactions:
    """How many rows each transaction wrote."""

    def __init__(self):
        self.rows, self.inside = [], False

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith("INSERT"):
            atomic = connection.in_atomic_block
            if not (self.inside and atomic):
                self.rows.append(0)
            self.inside = atomic
            self.rows[-1] += rows_in(sql, params, many)
        elif sql.startswith("BEGIN"):
            self.inside = False
        return execute(sql, params, many, context)


def rows_in(sql, params, many):
    """PostgreSQL takes many rows as one list a column (UNNEST)."""
    if many:
        return len(params)
    return len(params[0]) if params and isinstance(params[0], list) else sql.count("(%s")


def found(coalition, viewer, word):
    return [hit.record.title for hit in index.search(coalition, viewer, word).hits]


def run_tasks(*wanted):
    for task in DBTaskResult.objects.ready():
        if task.task_path in {each.module_path for each in wanted}:
            args = task.args_kwargs
            task.task.call(*args["args"], **args["kwargs"])


def test_a_killed_import_leaves_nothing_to_see_and_is_done_again_as_a_whole(
    waiting, coalition, rapporteur, monkeypatch, client
):
    def killed(**_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(reading_store, "_open_reading", killed)
        with pytest.raises(KeyboardInterrupt):
            tasks.read_upload.func(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, Document.objects.count(), Sentence.objects.count()) == (Reading.State.READING, 0, 401)

    tasks.read_upload.func(waiting.pk)

    waiting.refresh_from_db()
    assert (waiting.state, Sentence.objects.count()) == (Reading.State.OPEN, 401)
    assert waiting.document.text == long_text()
    with waiting.document.file.open() as file:
        assert file.read() == long_text().encode()
    assert not waiting.upload


def test_a_reading_that_was_ended_meanwhile_leaves_no_rows(waiting, monkeypatch):
    before = reading_store._open_reading

    def ended(**kwargs):
        Reading.objects.update(state=Reading.State.FAILED)
        return before(**kwargs)

    monkeypatch.setattr(reading_store, "_open_reading", ended)
    tasks.read_upload.func(waiting.pk)

    counts = (Document.objects.count(), Sentence.objects.count(), Suggestion.objects.count())
    assert (Reading.objects.get().state, counts) == (Reading.State.FAILED, (0, 0, 0))


def test_a_writer_does_not_fail_while_a_long_document_is_imported(
    transactional_db, waiting, rapporteur, coalition, monkeypatch
):
    record = DocumentFactory(coalition=coalition, published=True)

    def comment():
        for number in range(30):
            actions.add_comment(actor=rapporteur, record=record, body=f"Point {number}")
        return "written"

    def bring():
        tasks.read_upload.func(waiting.pk)
        return "imported"

    assert at_once(bring, comment) == ["imported", "written"]
    assert Comment.objects.count() == 30
    assert Reading.objects.get().state == Reading.State.OPEN


def test_no_transaction_of_an_import_writes_more_than_a_batch(transactional_db, waiting, rapporteur):
    seen = Transactions()

    with connection.execute_wrapper(seen):
        tasks.read_upload.func(waiting.pk)
        run_tasks(index.index_remaining_passages)

    assert max(seen.rows) <= reading_store.BATCH_SIZE
    assert sum(seen.rows) > 800


def test_a_long_record_is_found_to_its_end_once_the_worker_came_to_it(coalition, rapporteur):
    document = DocumentFactory(coalition=coalition, title="Long", text=long_text(), published=True)
    index.reindex_record(document)
    assert (found(coalition, rapporteur, "agreed"), found(coalition, rapporteur, "quokka")) == (["Long"], [])

    run_tasks(index.index_remaining_passages)
    run_tasks(index.index_remaining_passages)

    assert found(coalition, rapporteur, "quokka") == ["Long"]
    assert "".join(Passage.objects.exclude(anchor="").order_by("pk").values_list("text", flat=True)) == long_text()


def test_what_was_left_to_index_ends_when_the_record_changed_meanwhile(coalition, rapporteur, monkeypatch):
    document = DocumentFactory(coalition=coalition, title="Long", text=long_text(), published=True)
    index.reindex_record(document)
    before = indexer._build_passage_rows

    def withdrawn(*args):
        actions.withdraw_record(actor=rapporteur, record=document, reason="A mistake.", trusted=True)
        return before(*args)

    monkeypatch.setattr(indexer, "_build_passage_rows", withdrawn)
    run_tasks(index.index_remaining_passages)

    assert not Passage.objects.exists()
