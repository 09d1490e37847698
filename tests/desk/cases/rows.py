"""Rows as a file brings them, taken in and taken back as the loader does."""

from collections.abc import Sequence
from dataclasses import replace

from tests.world import LOADER

from rabta.core.words.dates import read_date
from rabta.core.words.incoming import IncomingCase, IncomingParticular, IncomingPerson
from rabta.core.words.vocabulary import CaseKind, Particular, Role, Sex
from rabta.desk.cases.services import incoming, undoing
from rabta.desk.cases.services.people import Origin
from rabta.desk.wall.door import write
from rabta.desk.wall.session import acting


def row(
    key: str,
    name: str = "Dilbaz Karwanwala",
    *,
    role: Role = Role.ACCUSED,
    station: str = "Sadar",
    case: str = "FIR-12-2019",
    sex: Sex = Sex.MALE,
    more: Sequence[IncomingParticular] = (),
) -> IncomingPerson:
    return IncomingPerson(
        key=key,
        at=f"row {key}",
        case=IncomingCase(
            key=case,
            kind=CaseKind.SMUGGLING,
            number=case,
            station=station,
            registered=read_date("17.3.2019"),
        ),
        role=role,
        particulars=(IncomingParticular(Particular.NAME, name), *more),
        sex=sex,
        nationalities=("PK",),
    )


def load(
    rows: Sequence[IncomingPerson], *, unit: int, origin: Origin, number: int | None = None
) -> list[incoming.Taken]:
    """Take rows in, in one batch, as load ``number``."""
    with acting(LOADER, "load"), write(LOADER, "load.applied", load=number) as door:
        return incoming.take_in(
            door, LOADER, rows=rows, unit=unit, origin=replace(origin, load=number)
        )


def undo(number: int, people: Sequence[int]) -> tuple[undoing.Undone, int]:
    """Take load ``number`` back: the people, then the cases."""
    with acting(LOADER, "load"), write(LOADER, "load.undone") as door:
        undone = undoing.undo(door, LOADER, load=number, people_ids=list(people))
        return undone, undoing.undo_cases(
            door, LOADER, load=number, case_ids=undoing.cases_of(LOADER, load=number)
        )
