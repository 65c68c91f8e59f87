"""Small functions on arrays of numbers."""

from __future__ import annotations

import platform
import resource

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.arrays import sort_once
from search.engines.whoosh.snapshot import keep_freed_memory


@given(st.lists(st.integers(0, 60_000), max_size=50))
@pytest.mark.parametrize("kind", [np.uint16, np.int64])
def test_sorting_once_gives_what_numpy_gives(kind, numbers):
    values = np.array(numbers, dtype=kind)
    found = sort_once(values)
    assert found.dtype == kind
    assert found.tolist() == np.unique(values).tolist()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries keep freed memory by rules of their own")
def test_memory_of_large_arrays_is_kept_for_the_next_ones():
    keep_freed_memory()
    make_arrays()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(10):
        make_arrays()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before < 10 * 300, "their memory was asked of the system again"


def make_arrays():
    """Five arrays of 3 MB at a time, which have 3,840 pages together."""
    [np.ones(3 << 20, np.uint8) for _ in range(5)]
