"""Room for the calls of a whole page in one piece.

Python keeps the frames of its calls in pieces of 16 KB. A call that does not fit into the last piece asks the system
for another one, which goes back when that call returns. A loop at such an edge does this in each turn, which took a
third of the CPU of some pages. Python was mended in March 2026, after the version of Debian 13:
https://github.com/python/cpython/issues/142183
"""

from collections.abc import Callable

# Python takes a piece of twice the size until a frame of this size fits: 1 MB, of which half is left for the calls in
# it. Memory that no call reaches is never touched, and so costs nothing.
FRAME_SLOTS = 70_000


def call_with_large_stack[**P, R](function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Call the function, and what it calls, in one piece of Python's stack."""
    return function(*args, **kwargs)


call_with_large_stack.__code__ = call_with_large_stack.__code__.replace(co_stacksize=FRAME_SLOTS)
