"""The encoding of a text file: marked, valid UTF-8, declared, or detected."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, because it begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AS_BROWSERS_READ = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
}
"""Names that mean a larger encoding on the web (WHATWG Encoding Standard)."""
_NOT_FOR_FILES = frozenset("rot13 hex base64 bz2 zlib uu quopri idna punycode unicode_escape raw_unicode_escape".split())
_OLD_LABELS = {"x-sjis": "cp932", "x-euc-jp": "euc_jp", "x-gbk": "gb18030", "x-x-big5": "big5hkscs", "x-cp1251": "cp1251"}
_DETECTED = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_r iso8859_2 cp932 euc_jp gb18030 big5 cp949"
).split()  # fmt: skip
_MANY_FOREIGN = 0.15
"""The share of bytes above ASCII from which a text is not in a Western European language."""
_FEW_FOREIGN = 20
_SAMPLE = 65_536
_UNUSED_IN_1252 = dict.fromkeys(b"\x81\x8d\x8f\x90\x9d")


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """Return the text and the name of the encoding it was read as.

    A byte order mark wins, then valid UTF-8, then the encoding declared, then what the bytes look like. Bytes that mean nothing
    in the encoding become U+FFFD.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), name
    wide = _detect_unmarked_utf16(data)
    if wide:
        return data.decode(wide, "replace"), wide
    named = _find_codec(declared)
    if named.startswith("iso2022") or named in ("hz", "utf_7"):  # these are written in ASCII alone, which is valid UTF-8
        return data.decode(named, "replace"), named
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        if _is_nearly_utf8(data, named, error):
            return data.decode("utf-8", "replace"), "utf-8"
    name = named if named and not named.startswith("utf") else _detect(data)
    return _decode_as(data, name), name


def _find_codec(label: str) -> str:
    """Return the codec of a declared encoding as browsers read it; "" if there is none."""
    plain = label.strip().strip("\"'").lower()
    try:
        name = codecs.lookup(_OLD_LABELS.get(plain, plain)).name
    except (LookupError, ValueError):
        return ""
    if name in _NOT_FOR_FILES:
        return ""
    return _AS_BROWSERS_READ.get(name, name)


def _detect_unmarked_utf16(data: bytes) -> str:
    """Return the UTF-16 that data without a mark is in, or "": every other byte of a text in Latin letters is zero."""
    start = data[:200]
    if len(start) >= 4 and len(data) % 2 == 0:
        even, odd = start[::2], start[1::2]
        if odd.count(0) > 0.7 * len(odd) and not even.count(0):
            return "utf-16-le"
        if even.count(0) > 0.7 * len(even) and not odd.count(0):
            return "utf-16-be"
    return ""


def _is_nearly_utf8(data: bytes, named: str, error: UnicodeDecodeError) -> bool:
    """Whether this is UTF-8 with a few damaged bytes: declared as such or cut off in its last character, and nearly valid."""
    if (
        error.reason == "unexpected end of data"
        and error.start >= len(data) - 3
        and any(byte > 127 for byte in data[: error.start])
    ):
        return True
    if not named.startswith("utf"):
        return False
    text = data.decode("utf-8", "replace")
    return text.count("\ufffd") * 2 < sum(char > "\x7f" for char in text)


def _detect(data: bytes) -> str:
    """Return what the bytes look like; Windows-1252 where few of them are above ASCII."""
    foreign = [byte for byte in data[: 4 * _SAMPLE] if byte > 127]
    if len(foreign) < _FEW_FOREIGN or len(foreign) < _MANY_FOREIGN * len(re.sub(rb"<[^>]*>|\s", b"", data[: 4 * _SAMPLE])):
        return "cp1252"
    words = re.sub(rb"<[^>]*>", b" ", data[: 4 * _SAMPLE])[:_SAMPLE]
    best = from_bytes(words, cp_isolation=_DETECTED, preemptive_behaviour=False).best()
    return _AS_BROWSERS_READ.get(best.encoding, best.encoding) if best else "cp1252"


def _decode_as(data: bytes, name: str) -> str:
    if name == "cp1252":
        data = data.translate(None, bytes(_UNUSED_IN_1252))
    try:
        return data.decode(name, "replace")
    except (LookupError, ValueError):
        return data.decode("cp1252", "replace")
