"""Find out what a file is from its first bytes, never from its name, and refuse the wrong ones."""

import zipfile
from enum import StrEnum
from pathlib import Path

from rabta.core.errors import BadFile, gettext_noop
from rabta.desk.intake.reading.outcome import Limits

_SAVE_AS_XLSX = gettext_noop("Open it in the program it comes from and save it as .xlsx or CSV.")
_SAVE_AS_EXCEL = gettext_noop("Open it in Excel, save it as “Excel workbook (.xlsx)”, load that.")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class Content(StrEnum):
    """What the first bytes of a file say it is."""

    EMPTY = "empty"
    WORKBOOK = "workbook"
    LOCKED = "locked"
    OLD_OFFICE = "old_office"
    BINARY_WORKBOOK = "binary_workbook"
    OPEN_DOCUMENT = "open_document"
    WORD = "word"
    ZIP = "zip"
    PDF = "pdf"
    PICTURE = "picture"
    PACKED = "packed"
    DATABASE = "database"
    RICH_TEXT = "rich_text"
    WEB_PAGE = "web_page"
    XML = "xml"
    TEXT = "text"


_REFUSALS: dict[Content, tuple[str, str]] = {
    Content.EMPTY: (
        gettext_noop("The file “{file}” is empty."),
        gettext_noop("Save it again and look whether it has a size."),
    ),
    Content.LOCKED: (
        gettext_noop("The workbook “{file}” is protected by a password."),
        gettext_noop("Open it in Excel, remove the password, save it, and load that."),
    ),
    Content.OLD_OFFICE: (
        gettext_noop("The file “{file}” is in the format of old Office programs (.xls, .doc)."),
        _SAVE_AS_EXCEL,
    ),
    Content.BINARY_WORKBOOK: (
        gettext_noop("The file “{file}” is a binary Excel workbook (.xlsb)."),
        _SAVE_AS_EXCEL,
    ),
    Content.OPEN_DOCUMENT: (
        gettext_noop("The file “{file}” is an OpenDocument file (.ods, .odt)."),
        _SAVE_AS_XLSX,
    ),
    Content.WORD: (
        gettext_noop("The file “{file}” is a Word or PowerPoint document."),
        gettext_noop("Copy its table into Excel, save it as .xlsx, and load that."),
    ),
    Content.ZIP: (
        gettext_noop("The file “{file}” is a zip archive, or a workbook that is damaged."),
        gettext_noop("Unpack it, or save the workbook again, and load the file itself."),
    ),
    Content.PDF: (
        gettext_noop("The file “{file}” is a PDF."),
        gettext_noop("Ask for the table itself, as .xlsx or CSV."),
    ),
    Content.PICTURE: (
        gettext_noop("The file “{file}” is a picture."),
        gettext_noop("Ask for the table itself, as .xlsx or CSV."),
    ),
    Content.PACKED: (
        gettext_noop("The file “{file}” is a packed archive."),
        gettext_noop("Unpack it and load the file itself."),
    ),
    Content.DATABASE: (gettext_noop("The file “{file}” is a database file."), _SAVE_AS_XLSX),
    Content.RICH_TEXT: (gettext_noop("The file “{file}” is a rich-text document."), _SAVE_AS_XLSX),
    Content.WEB_PAGE: (
        gettext_noop("The file “{file}” is a web page, whatever it is called."),
        _SAVE_AS_EXCEL,
    ),
    Content.XML: (gettext_noop("The file “{file}” is an XML file, not a table."), _SAVE_AS_XLSX),
    Content.TEXT: (
        gettext_noop("The file “{file}” is plain text, not what is asked for here."),
        gettext_noop("Look whether the right file and the right kind were chosen."),
    ),
    Content.WORKBOOK: (
        gettext_noop("The file “{file}” is an Excel workbook, not what is asked for here."),
        gettext_noop("Look whether the right file and the right kind were chosen."),
    ),
}

_MAGIC: tuple[tuple[bytes, Content], ...] = (
    (b"%PDF", Content.PDF),
    (b"\x89PNG", Content.PICTURE),
    (b"\xff\xd8\xff", Content.PICTURE),
    (b"GIF8", Content.PICTURE),
    (b"II*\x00", Content.PICTURE),
    (b"\x1f\x8b", Content.PACKED),
    (b"7z\xbc\xaf", Content.PACKED),
    (b"Rar!", Content.PACKED),
    (b"BZh", Content.PACKED),
    (b"\xfd7zXZ", Content.PACKED),
    (b"SQLite format 3", Content.DATABASE),
    (b"PAR1", Content.DATABASE),
    (b"\x00\x01\x00\x00Standard ", Content.DATABASE),
    (b"{\\rtf", Content.RICH_TEXT),
)


def content_of(file: Path, limits: Limits) -> Content:
    """Say what the file is; raises BadFile when it cannot be opened or is larger than the limit."""
    try:
        size = file.stat().st_size
        if not file.is_file():
            raise BadFile(
                gettext_noop("“{file}” is no file."),
                remedy=gettext_noop("Give the path of one file."),
                file=file.name,
            )
        with file.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        raise BadFile(
            gettext_noop("The file “{file}” cannot be opened: {why}."),
            remedy=gettext_noop("Look whether it is there and may be read."),
            file=file.name,
            why=error.strerror or type(error).__name__,
        ) from None
    if size > limits.file:
        raise BadFile(
            gettext_noop("The file “{file}” has {size} bytes; {limit} are the most."),
            remedy=gettext_noop("Divide it and load the parts."),
            file=file.name,
            size=size,
            limit=limits.file,
        )
    return _content(file, head)


def _content(file: Path, head: bytes) -> Content:
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        return Content.EMPTY
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _packed(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return Content.LOCKED if _holds(file, _ENCRYPTED) else Content.OLD_OFFICE
    for magic, content in _MAGIC:
        if head.startswith(magic):
            return content
    plain = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if plain.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta")):
        return Content.WEB_PAGE
    if plain.startswith((b"<?xml", b"<!--", b"<!doctype", b"<consolidated_list")):
        return Content.WEB_PAGE if b"<html" in plain else Content.XML
    return Content.TEXT


def _packed(file: Path) -> Content:
    try:
        with zipfile.ZipFile(file) as package:
            names = set(package.namelist())
    except Exception:  # zipfile documents no root error: struct, overflow, value, zip, OS errors
        return Content.ZIP
    if any(name.lower() == "xl/workbook.xml" for name in names):
        return Content.WORKBOOK
    if "xl/workbook.bin" in names:
        return Content.BINARY_WORKBOOK
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        return Content.WORD
    if "mimetype" in names and "content.xml" in names:
        return Content.OPEN_DOCUMENT
    return Content.WORKBOOK if "[Content_Types].xml" in names else Content.ZIP


def _holds(file: Path, needle: bytes) -> bool:
    tail = b""
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 16):
            if needle in tail + chunk:
                return True
            tail = chunk[-len(needle) :]
    return False


def refuse(file: Path, content: Content) -> BadFile:
    """Make the error that says what the file is and what to do instead."""
    message, remedy = _REFUSALS[content]
    return BadFile(message, remedy=remedy, file=file.name)


_TABLE_SUFFIXES = {
    ".xlsx": Content.WORKBOOK,
    ".xlsm": Content.WORKBOOK,
    ".csv": Content.TEXT,
    ".tsv": Content.TEXT,
    ".txt": Content.TEXT,
}


def table_content(file: Path, limits: Limits) -> Content:
    """Return WORKBOOK or TEXT; raises BadFile for all else and where the name says another."""
    content = content_of(file, limits)
    if content not in (Content.WORKBOOK, Content.TEXT):
        raise refuse(file, content)
    said = _TABLE_SUFFIXES.get(file.suffix.lower())
    if said is Content.WORKBOOK and content is Content.TEXT:
        raise BadFile(
            gettext_noop("The file “{file}” is called a workbook, but it is plain text."),
            remedy=gettext_noop("If it is a CSV file, give it a name that ends in .csv."),
            file=file.name,
        )
    if said is Content.TEXT and content is Content.WORKBOOK:
        raise BadFile(
            gettext_noop("The file “{file}” is called a text file, but it is an Excel workbook."),
            remedy=gettext_noop("Give it a name that ends in .xlsx."),
            file=file.name,
        )
    return content
