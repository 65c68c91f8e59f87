"""The memory that a serving process keeps."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

FIVE_ARRAYS_TEN_TIMES = """
import resource
import numpy as np
from search.heap import share_one_heap

def make_arrays():
    [np.ones(3 << 20, np.uint8) for _ in range(5)]  # 3,840 pages

share_one_heap()
make_arrays()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(10):
    make_arrays()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries keep freed memory by rules of their own")
def test_memory_of_large_arrays_is_kept_for_the_next_ones():
    faults = subprocess.run([sys.executable, "-c", FIVE_ARRAYS_TEN_TIMES], capture_output=True, text=True, check=True).stdout
    assert int(faults) < 10 * 300, "their memory was asked of the system again"
