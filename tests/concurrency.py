"""Deeds of several people at the same moment, as they reach the product through several processes."""

from threading import Barrier, Thread

from django.db import connection


def run_concurrently(*deeds) -> list[object]:
    """Each in a thread and with a connection of its own, begun together; gives what each returned or raised."""
    barrier, results = Barrier(len(deeds)), [None] * len(deeds)

    def run_action(number, action):
        try:
            barrier.wait(10)
            results[number] = action()
        except Exception as error:  # noqa: BLE001 - it is what the test looks at
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run_action, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results
