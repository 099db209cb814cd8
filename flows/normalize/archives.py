"""Archives: a .zip of reports becomes its members, within bounds.

Nothing is written to disk, so a member called ``../../etc/passwd`` is only a strange name; it is reduced to its last
part all the same, because names end up in messages, tables and URLs. The bounds are checked against what really comes
out of the decompressor, not against what the directory of the archive claims.
"""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zipfile
import zlib

from flows.errors import Unreadable

MAX_MEMBERS = 500
MAX_MEMBER_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 256 * 1024 * 1024
MAX_RATIO = 200  # deflate of real office files stays under 30; a bomb reaches 1,000
_RATIO_FREE = 1024 * 1024  # below this a high ratio does no harm
# What zipfile and zlib raise on damaged bytes: besides their own errors those of every field they trust.
ZIP_ERRORS = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, ValueError, OSError, EOFError,
    NotImplementedError, RuntimeError, OverflowError, KeyError, IndexError,
)  # fmt: skip
_UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\:]+")


def _open(data: bytes, name: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS as error:
        raise Unreadable("The archive is damaged", f"{name}: {error}", "Fetch it again; it may be cut off") from None
    if len(archive.infolist()) > MAX_MEMBERS:
        raise Unreadable(
            "The archive holds too many files",
            f"{name}: {len(archive.infolist())} members, at most {MAX_MEMBERS} are read",
            "Split the archive",
        )
    return archive


def kind_of_zip(data: bytes) -> str:
    """docx, xlsx or zip, by the members that the format requires."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist()[:10_000])
    except ZIP_ERRORS:
        return "docx" if b"word/" in data[:4096] else "xlsx" if b"xl/" in data[:4096] else "zip"
    if "word/document.xml" in names:
        return "docx"
    return "xlsx" if "xl/workbook.xml" in names else "zip"


def inflate(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limit: int = MAX_MEMBER_BYTES) -> bytes:
    """The bytes of one member, at most ``limit`` of them; raises Unreadable for a bomb, a password or damage."""
    if info.flag_bits & 0x1:
        raise Unreadable("The archive is encrypted", f"{name}: {plain_name(info)} needs a password", "Give it unlocked")
    try:
        with archive.open(info) as stream:
            content = stream.read(limit + 1)
    except ZIP_ERRORS as error:
        raise Unreadable("The archive is damaged", f"{name}: {plain_name(info)}: {error}", "Fetch it again") from None
    packed = max(1, info.compress_size)
    if len(content) > limit or (len(content) > _RATIO_FREE and len(content) / packed > MAX_RATIO):
        raise Unreadable(
            "The archive unpacks to more than it may",
            f"{name}: {plain_name(info)}, {packed:,} bytes packed, over {min(len(content), limit):,} unpacked",
            "See whether it is a decompression bomb",
        )
    return content


def plain_name(info: zipfile.ZipInfo) -> str:
    """The last part of a member's name; names written in GBK without saying so are decoded as such."""
    name = info.filename
    if not info.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("gb18030")
    parts = [part for part in re.split(r"[/\\]", name) if part not in ("", ".", "..")]
    return _UNSAFE.sub("_", parts[-1])[:200] if parts else "unnamed"


def members(data: bytes, name: str) -> list[tuple[str, bytes]]:
    """(name, bytes) of each report in a .zip, in the order of the archive; folders and hidden files are left out.

    Two members of one name get ``-2``, ``-3`` … before the suffix. An archive inside the archive is refused, not
    opened. Raises Unreadable where the archive is damaged, locked, nested, or larger than its bounds.
    """
    archive = _open(data, name)
    found: dict[str, bytes] = {}
    total = 0
    for info in archive.infolist():
        own = plain_name(info)
        if info.is_dir() or own.startswith(".") or "__MACOSX" in info.filename:
            continue
        content = inflate(archive, info, name, min(MAX_MEMBER_BYTES, MAX_TOTAL_BYTES - total))
        total += len(content)
        if content.startswith(b"PK\x03\x04") and kind_of_zip(content) == "zip":
            raise Unreadable("The archive holds another archive", f"{name}: {own}", "Unpack it and give its reports")
        found[_free_name(own, found)] = content
    if not found:
        raise Unreadable("The archive holds no report", name, "See whether it was packed empty")
    return list(found.items())


def _free_name(name: str, taken: dict[str, bytes]) -> str:
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, dot + suffix) if stem else (name, "")
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{stem}-{count}{suffix}"
    return free
