"""Values in addresses, as hexadecimal digits: many programs return other characters unescaped or escaped twice."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from msgspec import Struct

_Value = TypeVar("_Value", bound=Struct)


def write_token(value: Struct) -> str:
    """Return a value as hexadecimal digits."""
    return msgspec.msgpack.encode(value).hex()


def read_token(text: str, kind: type[_Value]) -> _Value:
    """Inverse of `write_token`. Raises ValueError for a text that is not a token of this kind."""
    try:
        return msgspec.msgpack.decode(bytes.fromhex(text), type=kind)
    except msgspec.DecodeError as error:
        raise ValueError(f"not a {kind.__name__}") from error
