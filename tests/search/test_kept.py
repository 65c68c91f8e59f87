"""What is kept in memory is bounded in bytes, and what was used last is kept longest."""

from __future__ import annotations

from sys import getsizeof
from threading import Thread

from search.kept import Kept


def test_a_value_is_found_until_others_need_its_room():
    kept = Kept(10_000)
    for number in range(200):
        kept.keep(f"{number}", b"x" * 100)
        assert kept.find("0") == b"x" * 100
        assert kept.size <= 10_000
    assert kept.find("1") is None
    assert kept.find("199") is not None
    assert 35 < len(kept) < 70


def test_a_value_kept_again_takes_the_place_of_the_one_before():
    kept = Kept(10_000)
    kept.keep(b"key", b"long" * 50)
    kept.keep(b"key", b"short")
    assert (len(kept), kept.find(b"key")) == (1, b"short")
    assert getsizeof(b"key") + getsizeof(b"short") < kept.size < 200


def test_a_large_value_does_not_displace_all_others():
    kept = Kept(10_000)
    kept.keep("small", b"x")
    kept.keep("large", b"x" * 500)
    assert kept.find("small") == b"x"
    assert kept.find("large") is None


def test_threads_may_share_it():
    kept = Kept(5_000)

    def use(first):
        for number in range(first, first + 2000):
            key = str(number % 97)
            value = kept.find(key)
            assert value in (None, key.encode())
            kept.keep(key, key.encode())

    threads = [Thread(target=use, args=(start,)) for start in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert kept.size == sum(getsizeof(key) + getsizeof(value) + 64 for key, value in kept._kept.items()) <= 5_000
