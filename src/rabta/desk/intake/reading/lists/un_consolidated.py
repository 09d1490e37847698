"""Read the UN Security Council consolidated list (XML): every individual, one at a time."""

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from rabta.core.errors import BadFile, BadValue, gettext_noop
from rabta.core.words.incoming import IncomingPerson
from rabta.desk.intake.reading import markup
from rabta.desk.intake.reading.content import Content, content_of, refuse
from rabta.desk.intake.reading.lists import un_fields
from rabta.desk.intake.reading.outcome import NOT_A_PERSON, Ignored, Limits, Refused

_ROOT = "CONSOLIDATED_LIST"
_KEYS = ("REFERENCE_NUMBER", "DATAID")


class _List:
    """Gathers the flat fields of each INDIVIDUAL and counts each ENTITY, as they end."""

    def __init__(self, name: str):
        self._name = name
        self._path: list[str] = []
        self._seen: list[Counter[str]] = []
        self._text: list[str] = []
        self._fields: dict[str, str] = {}
        self._inside = ""
        self.progress = 0
        self.ready: list[tuple[str, dict[str, str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self._path and not self._inside:
            if tag != _ROOT:
                raise BadFile(
                    gettext_noop("The file “{file}” is no UN consolidated list: it is a <{root}>."),
                    remedy=gettext_noop("Choose the XML file of the Security Council's list."),
                    file=self._name,
                    root=tag[:40],
                )
            self._inside = _ROOT
        elif self._inside == _ROOT:
            if tag in ("INDIVIDUAL", "ENTITY"):
                self._inside, self._path, self._seen = tag, [], [Counter()]
                self._fields = {}
        else:
            self._seen[-1][tag] += 1
            count = self._seen[-1][tag]
            self._path.append(tag if count == 1 else f"{tag}[{count}]")
            self._seen.append(Counter())
        self._text = []

    def data(self, text: str) -> None:
        if self._path:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._path:
            if text := " ".join("".join(self._text).split()):
                self._fields["/".join(self._path)] = text
            self._path.pop()
            self._seen.pop()
            self._text = []
        elif self._inside in ("INDIVIDUAL", "ENTITY"):
            self.ready.append((self._inside, self._fields))
            self._inside = _ROOT
            self.progress += 1

    def take(self) -> list[tuple[str, dict[str, str]]]:
        ready, self.ready = self.ready, []
        return ready


def _records(file: Path, limits: Limits) -> Iterator[tuple[str, dict[str, str]]]:
    handler = _List(file.name)
    with file.open("rb") as stream:
        for _ in markup.parse(stream, handler, name=file.name, limits=limits):
            yield from handler.take()


def _repeated(file: Path, limits: Limits) -> frozenset[str]:
    """Return the references that stand twice; reading all of it also proves it is whole."""
    seen: set[int] = set()
    repeated: set[str] = set()
    for element, fields in _records(file, limits):
        if element == "INDIVIDUAL":
            for text in {fields.get(name, "") for name in _KEYS} - {""}:
                digest = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
                if digest in seen:
                    repeated.add(text)
                seen.add(digest)
    return frozenset(repeated)


def open_list(file: Path, *, limits: Limits) -> Iterator[IncomingPerson | Refused | Ignored]:
    """Check the file as a whole, then return an iterator over its individuals.

    The key of a person is the REFERENCE_NUMBER where only one individual carries it, else the
    DATAID. Entities are no persons and are yielded as Ignored. Raises BadFile.
    """
    content = content_of(file, limits)
    if content is not Content.XML:
        raise refuse(file, content)
    return _read(file, limits, _repeated(file, limits))


def _read(
    file: Path, limits: Limits, repeated: frozenset[str]
) -> Iterator[IncomingPerson | Refused | Ignored]:
    individuals = entities = 0
    for element, fields in _records(file, limits):
        if element == "ENTITY":
            entities += 1
            yield Ignored(f"entity {entities}", NOT_A_PERSON)
            continue
        individuals += 1
        at = f"individual {individuals}"
        try:
            yield person(fields, at=at, repeated=repeated)
        except BadValue as error:
            yield Refused(at, fields, error)


def person(
    fields: dict[str, str], *, at: str, repeated: frozenset[str] = frozenset()
) -> IncomingPerson:
    """Read the flat fields of one individual; raises BadValue where they cannot be taken."""
    for name in _KEYS:
        if (key := fields.get(name, "")) and key not in repeated:
            return un_fields.person(fields, key=key, at=at)
    raise BadValue(
        gettext_noop("{field}: “{value}” is missing or stands on another entry too."),
        remedy=gettext_noop("Give the entry the number it has on the published list."),
        field="REFERENCE_NUMBER",
        value=fields.get("REFERENCE_NUMBER", ""),
    )
