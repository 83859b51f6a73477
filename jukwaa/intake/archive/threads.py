"""Find the post that began a thread. Pure."""

from collections.abc import Mapping


class PostThreads:
    """The threads of a file. `parents` leads from a Message-ID to what it replies to, `known` to a thread."""

    def __init__(self, parent_by_message_id: Mapping[str, str], known_threads: Mapping[str, str]) -> None:
        self._parents = parent_by_message_id
        self._roots: dict[str, str] = dict(known_threads)

    def find_thread_id(self, message_id: str) -> str:
        """Return the Message-ID of the first post of its thread; of a loop of replies, the smallest one."""
        path: dict[str, None] = {}
        current = message_id
        while current not in path and current not in self._roots:
            path[current] = None
            parent = self._parents.get(current, "")
            if not parent:
                break
            current = parent
        if current in self._roots:
            root = self._roots[current]
        elif self._parents.get(current):  # the way led back to where it had been
            steps = list(path)
            root = min(steps[steps.index(current) :])
        else:
            root = current
        self._roots.update(dict.fromkeys(path, root))
        return root
