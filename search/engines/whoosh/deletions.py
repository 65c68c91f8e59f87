"""Find candidates for words spelled like another: an index of a segment's words by their remainders after deletions.

Two words at most two edits apart share a remainder after at most two deletions in each (symmetric deletion: Bocek, Hunt and
Stiller 2007, "Fast Similarity Search in Large Dictionaries"). As in W. Garbe's SymSpell (2012), only the first seven letters are
used, which limits a word to 29 entries; the words found are candidates, to be compared as a whole.

Each remainder is hashed. An entry is in the bucket of the leading bits of its hash, as the word's number and eight more bits of
the hash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, groupby

import numpy as np

from search.engines.similarity import MAX_EDITS, max_edits, may_be_suggested
from search.engines.whoosh.arrays import Array, to_smallest_type

_PREFIX = 7
_ENTRIES_IN_BUCKET = 8
_AT_ONCE = 4096
"""Words hashed at once: their hashes stay in the cache of a processor."""
_SEED, _MULTIPLIER, _MASK = 0xD6E8FEB86659FD93, 0x9E3779B97F4A7C15, (1 << 64) - 1


def deletion_arrays(words: Sequence[str]) -> dict[str, Array]:
    """Return the index of the words as arrays of a segment. Equal words have equal bytes."""
    numbers = np.array([number for number, word in enumerate(words) if may_be_suggested(word)], dtype=np.uint64)
    texts = [words[number] for number in numbers.tolist()]
    places = [len(_places_kept(length, MAX_EDITS)) for length in range(_PREFIX + 1)]
    bits = (sum(places[min(len(text), _PREFIX)] for text in texts) // _ENTRIES_IN_BUCKET).bit_length()
    shift, kept = np.uint64(56 - bits), [np.zeros(0, np.uint64)]
    for hashes, owners in _hash_all(texts):
        hashes >>= shift
        hashes <<= np.uint64(32)
        hashes |= numbers[owners]
        kept.append(hashes)
    entries = np.concatenate(kept)
    kept.clear()
    entries.sort()
    entries = entries[np.append(True, entries[1:] != entries[:-1])] if entries.size else entries
    buckets = entries >> np.uint64(40)
    return {
        "deletions.starts": to_smallest_type(np.searchsorted(buckets, np.arange((1 << bits) + 1, dtype=np.uint64))),
        "deletions.checks": (entries >> np.uint64(32)).astype(np.uint8),
        "deletions.words": to_smallest_type(entries & np.uint64(0xFFFFFFFF)),
    }


def candidates(arrays: Mapping[str, Array], word: str) -> list[int]:
    """Return numbers of the words that may be similar to `word`, ascending. Those that are similar are among them."""
    starts, checks, words = (arrays[f"deletions.{name}"] for name in ("starts", "checks", "words"))
    bits = (starts.size - 1).bit_length() - 1
    letters = list(map(ord, word[:_PREFIX]))
    found: set[int] = set()
    for key in {_hash([letters[place] for place in kept]) >> (56 - bits) for kept in _places_kept(len(letters), max_edits(word))}:
        begin, end = starts.item(key >> 8), starts.item((key >> 8) + 1)
        found.update(words[begin:end][checks[begin:end] == key & 0xFF].tolist())
    return sorted(found)


def _hash_all(words: Sequence[str]) -> Iterator[tuple[Array, Array]]:
    """Yield hashes of the remainders of words' first letters after at most two deletions, with the indices of the words."""
    for start in range(0, len(words), _AT_ONCE):
        padded = "".join(word[:_PREFIX].ljust(_PREFIX, "\0") for word in words[start : start + _AT_ONCE]).encode("utf-32-le")
        letters = np.frombuffer(padded, dtype=np.uint32).reshape(-1, _PREFIX).T.astype(np.uint64)
        lengths = np.count_nonzero(letters, axis=0)
        for length in range(1, _PREFIX + 1):
            own = np.flatnonzero(lengths == length)
            for _, same in groupby(_places_kept(length, MAX_EDITS) if own.size else (), len):
                places = np.array(list(same)).T
                hashed = np.full((places.shape[1], own.size), _SEED, dtype=np.uint64)
                for place in places:  # a row for each choice of letters
                    hashed ^= letters[place[:, None], own]
                    hashed *= np.uint64(_MULTIPLIER)
                    hashed ^= hashed >> np.uint64(32)
                yield hashed.ravel(), np.tile(own + start, places.shape[1])


@cache
def _places_kept(length: int, most: int) -> tuple[tuple[int, ...], ...]:
    """Return the remainders of a number of letters after at most `most` deletions, as the places of the letters left."""
    return tuple(kept for deleted in range(min(most, length) + 1) for kept in combinations(range(length), length - deleted))


def _hash(letters: Sequence[int]) -> int:
    """Hash letters to 64 bits by multiplication and exclusive or, as FNV does; the same as `_hash_all`."""
    hashed = _SEED
    for letter in letters:
        hashed = (hashed ^ letter) * _MULTIPLIER & _MASK
        hashed ^= hashed >> 32
    return hashed
