"""Eight people write at the same time for a moment: comments, edits, publishing, pledges, inputs, decisions and more.

`python -m bench --only writers` does the same for a minute.
"""

import pytest

from tests.concurrent_writers import RandomWriter, build_shared_work, create_writer, run_writers_for

WRITING_SECONDS = 4


@pytest.mark.slow
def test_eight_concurrent_writers_get_no_error(transactional_db):
    work = build_shared_work()
    results = run_writers_for(
        WRITING_SECONDS, [RandomWriter(work, create_writer(work.coalition), seed) for seed in range(8)]
    )

    assert results.errors == []
    assert results.done.total() > 0
