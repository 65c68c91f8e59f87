"""Check what a ZIP file (DOCX, XLSX, ODS) unpacks to, before anything is unpacked."""

from __future__ import annotations

import zipfile
from pathlib import Path

from indexer.readers.record import Unreadable

_MOST_MEMBERS = 10_000
_MOST_BYTES = 400_000_000
_MOST_GROWTH = 200
"""A member that unpacks to more than this multiple of its size, and to more than 16 MB, is refused as made to fill memory."""
_SMALL = 16_000_000


def check_archive(path: Path) -> None:
    """Raise Unreadable if the file is no ZIP file, or unpacks to more than a document should."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"cannot be unpacked: {error}; it is damaged or of another kind, save it again") from None
    if len(members) > _MOST_MEMBERS:
        raise Unreadable(f"has {len(members):,} parts inside, more than {_MOST_MEMBERS:,}; save it again")
    total = sum(member.file_size for member in members)
    grown = [one for one in members if one.file_size > _SMALL and one.file_size > _MOST_GROWTH * max(one.compress_size, 1)]
    if total > _MOST_BYTES or grown:
        raise Unreadable(f"unpacks to {total // 1_000_000:,} MB, more than a document does; save it again or split it")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("is protected by a password; save it without one")
