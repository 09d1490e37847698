"""Read XML from outside as a stream of starts, texts and ends, without a tree in memory.

Document types, entities and external references are refused before they expand; depth and the
amount of text between two records are bounded.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Protocol
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from rabta.core.errors import BadFile, gettext_noop
from rabta.desk.intake.reading.outcome import Limits

_CHUNK = 1 << 16
_DEPTH = 64
_BREAKS_OFF = {3, 5, 6, 20}
"""Expat's codes for: no element found, unclosed token, partial character, unclosed CDATA."""


class Handler(Protocol):
    """What takes the events; ``progress`` grows with every record that is complete."""

    progress: int

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element opens; the tag comes without its namespace."""

    def data(self, text: str) -> None:
        """A piece of text."""

    def end(self, tag: str) -> None:
        """An element closes."""


class _Target:
    def __init__(self, handler: Handler, name: str):
        self._handler, self._name = handler, name
        self._depth = 0
        self.events = 0
        self.data = handler.data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.events += 1
        self._depth += 1
        if self._depth > _DEPTH:
            raise BadFile(
                gettext_noop("The file “{file}” is nested deeper than any such file."),
                remedy=gettext_noop("Fetch the file again from where it comes."),
                file=self._name,
            )
        self._handler.start(local(tag), attributes)

    def end(self, tag: str) -> None:
        self.events += 1
        self._depth -= 1
        self._handler.end(local(tag))

    def close(self) -> None:
        pass


def local(name: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def parse(stream: IO[bytes], handler: Handler, *, name: str, limits: Limits) -> Iterator[None]:
    """Feed the handler piece by piece; the caller takes what it has gathered after each.

    Raises BadFile for anything that is not whole, well-formed XML without a document type.
    ``name`` stands in the messages.
    """
    target = _Target(handler, name)
    parser = DefusedXMLParser(target=target, forbid_dtd=True)  # type: ignore[no-untyped-call]
    since, seen = 0, 0
    while True:
        chunk = read_piece(stream, name)
        try:
            if chunk:
                parser.feed(chunk)
            else:
                parser.close()
        except BadFile:
            raise
        except DefusedXmlException:
            raise _defused(name) from None
        except ParseError as error:
            raise _malformed(name, error) from None
        except (ValueError, LookupError, AssertionError):
            raise _encoding(name) from None  # expat asks Python for an encoding it does not know
        since = since + len(chunk) if handler.progress == seen else 0
        seen = handler.progress
        if since > limits.record:
            raise BadFile(
                gettext_noop("The file “{file}” holds an entry larger than {limit} bytes."),
                remedy=gettext_noop("Fetch the file again from where it comes."),
                file=name,
                limit=limits.record,
            )
        yield
        if not chunk:
            return


def read_piece(stream: IO[bytes], name: str) -> bytes:
    """Read the next piece of a part; raises BadFile where it cannot be unpacked."""
    try:
        return stream.read(_CHUNK)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise damaged(name) from None


def damaged(name: str) -> BadFile:
    """Make the error for a packed file whose parts cannot be unpacked."""
    return BadFile(
        gettext_noop("The file “{file}” is damaged: a part of it cannot be unpacked."),
        remedy=gettext_noop("Fetch it again, or open it in Excel and save it again."),
        file=name,
    )


def _defused(name: str) -> BadFile:
    return BadFile(
        gettext_noop("The file “{file}” declares entities or a document type; none is allowed."),
        remedy=gettext_noop("Fetch the file again from where it comes; do not open this one."),
        file=name,
    )


def _malformed(name: str, error: ParseError) -> BadFile:
    line, column = error.position
    if error.code in _BREAKS_OFF:
        return BadFile(
            gettext_noop("The file “{file}” breaks off at line {line}."),
            remedy=gettext_noop("Fetch it again; it was cut on the way."),
            file=name,
            line=line,
        )
    return BadFile(
        gettext_noop("The file “{file}” is no well-formed XML at line {line}, column {column}."),
        remedy=gettext_noop("Fetch the file again from where it comes."),
        file=name,
        line=line,
        column=column + 1,
    )


def _encoding(name: str) -> BadFile:
    return BadFile(
        gettext_noop("The file “{file}” is written in an encoding that cannot be read."),
        remedy=gettext_noop("Fetch it again as UTF-8."),
        file=name,
    )
