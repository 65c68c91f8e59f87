"""The kinds of files an archive holds: media type by ending, how it is named to readers, and whether browsers open it safely."""

from __future__ import annotations

from pathlib import PurePosixPath

_TYPES = {
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp",
    "gif": "image/gif", "txt": "text/plain", "mp3": "audio/mpeg", "m4a": "audio/mp4", "ogg": "audio/ogg", "oga": "audio/ogg",
    "flac": "audio/flac", "wav": "audio/wav", "mp4": "video/mp4", "webm": "video/webm", "ogv": "video/ogg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xls": "application/vnd.ms-excel",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "ppt": "application/vnd.ms-powerpoint", "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet", "odp": "application/vnd.oasis.opendocument.presentation",
    "rtf": "application/rtf", "csv": "text/csv", "epub": "application/epub+zip", "zip": "application/zip",
    "tif": "image/tiff", "tiff": "image/tiff", "svg": "image/svg+xml", "html": "text/html", "htm": "text/html",
    "xml": "application/xml", "json": "application/json", "md": "text/markdown",
}  # fmt: skip
UNKNOWN = "application/octet-stream"
_SHOWN_IN_PLACE = ("application/pdf", "image/png", "image/jpeg", "image/webp", "image/gif", "text/plain")
_FORMATS = {
    "application/pdf": "PDF", "image/jpeg": "JPEG", "text/plain": "Text", "audio/mpeg": "MP3", "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.ms-excel": "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
    "application/vnd.ms-powerpoint": "PowerPoint", "text/html": "Web page", "text/markdown": "Markdown",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint",
}  # fmt: skip


def media_type_of(name: str) -> str:
    """Return the media type of a file by the ending of its name."""
    return _TYPES.get(PurePosixPath(name).suffix.lower().lstrip("."), UNKNOWN)


def is_shown_in_place(media_type: str) -> bool:
    """Whether a browser may open a file of this type in place: PDF, pictures, plain text, audio and video; all else is saved."""
    return media_type in _SHOWN_IN_PLACE or media_type.startswith(("audio/", "video/"))


def format_name(media_type: str, name: str = "") -> str:
    """Return the usual name of the format: PDF, Word, JPEG; the ending in capitals if there is no other name."""
    ending = PurePosixPath(name).suffix.lstrip(".").upper()
    return _FORMATS.get(media_type) or ending or media_type.rpartition("/")[2].upper()
