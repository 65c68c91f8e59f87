"""Small functions on arrays of numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.arrays import find_common, sort_once, sum_up_to


@given(st.lists(st.integers(0, 60_000), max_size=50))
@pytest.mark.parametrize("kind", [np.uint16, np.int64])
def test_sorting_once_is_equal_to_sorting_by_numpy(kind, numbers):
    values = np.array(numbers, dtype=kind)
    found = sort_once(values)
    assert found.dtype == kind
    assert found.tolist() == np.unique(values).tolist()


@given(st.sets(st.integers(0, 300)), st.sets(st.integers(0, 300)))
def test_what_two_arrays_have_in_common_is_what_two_sets_have(one, other):
    arrays = (np.array(sorted(numbers), dtype=np.int64) for numbers in (one, other))
    assert find_common(*arrays).tolist() == sorted(one & other)


@given(st.lists(st.integers(0, 255), min_size=1, max_size=80), st.sets(st.integers(0, 79), max_size=9))
def test_sums_up_to_some_places_are_those_of_a_running_sum(counts, places):
    numbers, at = (
        np.array(counts, dtype=np.uint8),
        np.array(sorted(place for place in places if place < len(counts)), dtype=np.intp),
    )
    assert sum_up_to(numbers, at).tolist() == [sum(counts[: place + 1]) for place in at]
