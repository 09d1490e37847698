"""Read incoming files, record by record, into the words of ``rabta.core.words.incoming``.

Kinds: "agency-return" (a register as .xlsx or CSV), "un-consolidated" (the UN Security Council
list, XML), "ofac" (the SDN individuals, CSV, with their a.k.a. file as companion). What is wrong
with a file as a whole raises BadFile; what is wrong with one record is yielded as Refused. For
every file: persons + refused + the ``rows`` of what is ignored = its rows.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from rabta.core.errors import BadFile, BadValue, gettext_noop
from rabta.core.words.incoming import IncomingPerson
from rabta.desk.intake.reading.lists import ofac, ofac_fields, un_consolidated
from rabta.desk.intake.reading.outcome import Column, Headers, Ignored, Limits, Refused
from rabta.desk.intake.reading.register.fields import FIELDS, MANY, field_of
from rabta.desk.intake.reading.register.header import suggest_mapping
from rabta.desk.intake.reading.register.lines import open_register
from rabta.desk.intake.reading.register.opening import headers_of
from rabta.desk.intake.reading.register.person import named_case
from rabta.desk.intake.reading.register.person import person as register_person

__all__ = [
    "FIELDS",
    "KINDS",
    "MANY",
    "Column",
    "Headers",
    "Ignored",
    "Limits",
    "Refused",
    "field_of",
    "headers",
    "named_case",
    "read",
    "reread",
    "suggest_mapping",
]

KINDS = ("agency-return", "un-consolidated", "ofac")

_NO_LIMITS = Limits()


def read(
    kind: str,
    file: Path,
    *,
    mapping: Mapping[str, str] | None = None,
    companion: Path | None = None,
    today: date,
    limits: Limits = _NO_LIMITS,
) -> Iterator[IncomingPerson | Refused | Ignored]:
    """Check a file as a whole, then return an iterator over its records, in constant memory.

    ``mapping`` (header → target, for "agency-return") defaults to the suggested one;
    ``companion`` is the a.k.a. file of "ofac"; ``today`` bounds dates and ages. The file is read
    to its end before the first record is yielded, so BadFile comes from this call; only a file
    that changes meanwhile can raise it later.
    """
    if kind == "agency-return":
        return open_register(file, mapping=mapping, today=today, limits=limits)
    if kind == "un-consolidated":
        return un_consolidated.open_list(file, limits=limits)
    if kind == "ofac":
        return ofac.open_list(file, companion=companion, limits=limits)
    raise BadFile(
        gettext_noop("Files of the kind “{kind}” cannot be read."),
        remedy=gettext_noop("Choose one of: agency-return, un-consolidated, ofac."),
        kind=kind,
    )


def reread(
    kind: str, fields: Mapping[str, str], *, at: str, today: date
) -> IncomingPerson | Refused:
    """Read one mended record from the fields that Refused kept, under the names it kept them.

    A mended name gives the key that the corrected file will give.
    """
    try:
        if kind == "un-consolidated":
            return un_consolidated.person(dict(fields), at=at)
        if kind == "ofac":
            return ofac_fields.person(fields, at=at)
        return register_person(fields, at=at, today=today)
    except BadValue as error:
        return Refused(at, dict(fields), error)


def headers(
    file: Path, *, mapping: Mapping[str, str] | None = None, limits: Limits = _NO_LIMITS
) -> Headers:
    """Return the header of a register with three sample values a column; raises BadFile.

    Only the first rows are read, so a large workbook answers at once. ``mapping`` names headings
    that are known beside the words of registers.
    """
    return headers_of(file, mapping=mapping, limits=limits)
