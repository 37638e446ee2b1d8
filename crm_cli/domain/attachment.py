"""What people attached to cards and appointments elsewhere: what it is called, and whether opening it is harmless.

Names and contents come from strangers. A name becomes that of a file of ours, so nothing in it may lead to another
folder, hide its ending or be read as an option; and what a desktop may run is told apart from what it only shows.
"""

from __future__ import annotations

import re
import unicodedata

from crm_cli.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAME_LENGTH, NAME_BYTES = 100, 180
"""The longest name, without its ending; file systems end at 255 bytes."""
BEGINNING = 1024
"""Bytes of a content that tell what it is."""

_KEPT_SIGNS = frozenset(" .,()+-=@_")
_KEPT_KINDS = ("L", "M", "N", "So")  # of Unicode's general categories
_DROPPED_KINDS = ("C", "Zl", "Zp")
_LONGEST_READ = 4096
_ENDING = re.compile(r"(?<=.)\.([A-Za-z0-9]{1,10})\Z", re.DOTALL)
# Names of devices on some systems, whatever their ending.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)

_ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/bmp": "bmp",
    "image/tiff": "tif", "image/svg+xml": "svg", "image/heic": "heic", "image/avif": "avif",
    "audio/basic": "au", "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav", "audio/x-wav": "wav",
    "audio/wave": "wav", "audio/aiff": "aif", "audio/mp4": "m4a", "video/mp4": "mp4", "video/mpeg": "mpg",
    "application/pdf": "pdf", "application/zip": "zip", "application/json": "json", "application/rtf": "rtf",
    "application/postscript": "ps", "application/msword": "doc", "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt", "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/pgp-keys": "asc", "application/x-x509-ca-cert": "cer", "application/pkix-cert": "cer",
    "text/plain": "txt", "text/html": "html", "text/csv": "csv", "text/calendar": "ics", "text/vcard": "vcf",
    "text/markdown": "md", "message/rfc822": "eml",
}  # fmt: skip
# What programs show and do not run. A list of the harmless ones, because nobody knows all that a desktop runs.
_SHOWN = frozenset(
    "jpg jpeg png gif webp bmp tif tiff heic heif avif ico au mp3 ogg oga opus wav aif aiff flac m4a aac amr mid"
    " mp4 m4v mov mkv webm avi 3gp mpg mpeg pdf txt text log md csv tsv json ics vcf eml doc docx xls xlsx ppt pptx"
    " rtf odt ods odp odg epub zip gz 7z asc pgp gpg pem cer crt".split()
)
# Programs and pages, by how they begin: some desktops ask the content and not the name.
_RUN = re.compile(
    rb"(?:#!|MZ|\x7fELF|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|\xca\xfe\xba\xbe|L\0\0\0\x01\x14\x02"
    rb"|(?:\xef\xbb\xbf)?\s{0,99}\[(?:Desktop|InternetShortcut))"
)
_PAGE = re.compile(rb"<\s{0,9}(?:!doctype\s|html|head|body|script|iframe|svg|\?xml|!--)", re.IGNORECASE)
_BEGINNINGS = {
    b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n": "image/png", b"GIF8": "image/gif", b"%PDF-": "application/pdf",
}  # fmt: skip


class Source:
    """Where the content stands in a kept text: from `start` to `end`, as `base64`, `percent`, `quoted` or `text`."""

    __slots__ = ("body", "charset", "encoding", "end", "start")

    def __init__(self, body: str, start: int, end: int, encoding: str, charset: str | None = None) -> None:
        self.body = body
        self.start = start
        self.end = end
        self.encoding = encoding
        self.charset = charset


class Attachment(Record):
    """A file or link that came with a record. `number` counts from 1 within the record.

    `kind` is `photo`, `logo`, `sound`, `key`, `image`, `file` or `alarm`; `name` is harmless as the name of a file;
    `type` is the media type and `size` the bytes, where known. It has a `link`, or a `source` to read the bytes from.
    `path` is the file it was written to.
    """

    number: int
    kind: str
    name: str
    type: str | None = None
    size: int | None = None
    link: str | None = None
    damaged: bool = False
    path: str | None = None
    source: Source | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what a script needs; the content is not part of it."""
        return {name: getattr(self, name) for name in self.__match_args__ if name != "source"}


def file_name(given: str, kind: str, media_type: str | None) -> str:
    """Return a harmless name for a file: one part, printable, bounded, its ending in sight.

    Without a name it is called by its kind; without an ending it gets that of its media type.
    """
    text = unicodedata.normalize("NFC", given[:_LONGEST_READ].replace("\\", "/").rpartition("/")[2][:_LONGEST_READ])
    text = " ".join("".join(map(_harmless, text)).split()).lstrip(".-, ").rstrip(". ")
    found = _ENDING.search(text)
    ending = found[1] if found else _ENDINGS.get(media_type or "", "")
    stem = _bounded(text[: found.start()] if found else text).rstrip(". ") or kind
    if _DEVICE.match(stem):
        stem = f"_{stem}"
    return f"{stem}.{ending}" if ending else stem


def _harmless(sign: str) -> str:
    if sign in _KEPT_SIGNS:
        return sign
    category = unicodedata.category(sign)
    if category.startswith(_DROPPED_KINDS):
        return ""
    return " " if category == "Zs" else sign if category.startswith(_KEPT_KINDS) else "_"


def _bounded(stem: str) -> str:
    return stem[:NAME_LENGTH].encode()[:NAME_BYTES].decode(errors="ignore")


def may_run(name: str, beginning: bytes) -> bool:
    """Tell whether a desktop may run a file instead of showing it: by its ending, and by its first bytes."""
    found = _ENDING.search(name)
    if found is None or found[1].lower() not in _SHOWN:
        return True
    start = beginning[:BEGINNING]
    return _RUN.match(start) is not None or _PAGE.search(start) is not None


def image_type(beginning: bytes) -> str | None:
    """Return the media type of a picture or PDF by its first bytes, or None."""
    if beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for start, media_type in _BEGINNINGS.items() if beginning.startswith(start)), None)
