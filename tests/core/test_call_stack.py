"""Calls stay in one piece of Python's stack, however deep they are."""

import resource
import sys

import pytest

from jukwaa.core.call_stack import call_with_large_stack

DEPTHS, CALLS_AT_EACH_DEPTH = 150, 100


def call_at_each_depth(depth: int) -> None:
    """Go down, and on each step call a function again and again: one of the steps is at an edge of a piece."""
    for _ in range(CALLS_AT_EACH_DEPTH):
        hold_many_values()
    if depth:
        call_at_each_depth(depth - 1)


def hold_many_values() -> int:
    one, two, three, four, five = range(5)
    return one + two + three + four + five


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts the pages of one thread")
def test_calls_at_any_depth_take_no_new_memory():
    """A piece that is taken anew is a page of memory that is touched for the first time."""
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    call_with_large_stack(call_at_each_depth, DEPTHS)

    assert resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before < CALLS_AT_EACH_DEPTH


def test_result_and_arguments_are_passed_on():
    assert call_with_large_stack(sorted, [2, 3, 1], reverse=True) == [3, 2, 1]
