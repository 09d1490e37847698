"""An agency to be taken aboard, with its units and people, as plain data: from a file or a form.

As a file (TOML):

    [agency]
    code = "RLY"
    kind = "railways_police"
    names = { en = "Railways Police", ur = "ریلوے پولیس" }
    opened = 2019-09-01

    [[unit]]
    code = "RLY-LHR"
    kind = "station"
    parent = "RLY-HQ"
    names = { en = "Lahore Cantonment station" }

    [[person]]
    login = "a.officer"
    name = "A. Officer"
    unit = "RLY-LHR"
    duty = "help_desk"

As tables, one line each, cells parted by tabs, semicolons or commas:
units ``code, kind, under which unit, name, name in Urdu, telephone``;
people ``login, name, unit, duty, language``.
"""

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rabta.core.errors import BadFile, gettext_noop
from rabta.core.words.vocabulary import AgencyKind, Duty
from rabta.desk.accounts.rules import UnitKind, plain_login

MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A unit to open. ``parent`` is a code, or nothing for the top; ``line`` counts from 1."""

    line: int
    code: str
    kind: str
    parent: str
    names: Mapping[str, str]
    opened: date
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPerson:
    """A sign-in to open and to post. ``unit`` is a code."""

    line: int
    login: str
    name: str
    unit: str
    duty: str
    starts: date
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Plan:
    """An agency with its units and people, not checked yet."""

    code: str
    kind: str
    names: Mapping[str, str]
    opened: date
    country: str = "PK"
    phone: str = ""
    units: tuple[PlannedUnit, ...] = ()
    people: tuple[PlannedPerson, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What stands in the way: in which part, on which line (0: none), in a sentence."""

    part: str
    line: int
    message: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def plan_from_toml(text: str, *, today: date) -> Plan:
    """Read a plan from a file. Raises BadFile; ``problems`` says what is wrong inside."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as why:
        raise BadFile(
            gettext_noop("The file is not TOML: {why}"),
            remedy=gettext_noop("Compare it with the example in the documentation."),
            why=str(why),
        ) from None
    agency = _table(said.get("agency"), "agency")
    units = [_table(each, "unit") for each in _list(said.get("unit", []), "unit")]
    people = [_table(each, "person") for each in _list(said.get("person", []), "person")]
    opened = _day(agency.get("opened", today), "opened")
    return Plan(
        code=_text(agency, "code"),
        kind=_text(agency, "kind"),
        names=_names(agency),
        opened=opened,
        country=_text(agency, "country") or "PK",
        phone=_text(agency, "phone"),
        units=tuple(
            PlannedUnit(
                line=line,
                code=_text(unit, "code"),
                kind=_text(unit, "kind"),
                parent=_text(unit, "parent"),
                names=_names(unit),
                opened=_day(unit.get("opened", opened), "opened"),
                phone=_text(unit, "phone"),
            )
            for line, unit in enumerate(units, start=1)
        ),
        people=tuple(
            PlannedPerson(
                line=line,
                login=plain_login(_text(person, "login")),
                name=_text(person, "name"),
                unit=_text(person, "unit"),
                duty=_text(person, "duty"),
                starts=_day(person.get("starts", max(today, opened)), "starts"),
                language=_text(person, "language") or "en",
            )
            for line, person in enumerate(people, start=1)
        ),
    )


def units_from_table(text: str, *, opened: date) -> tuple[PlannedUnit, ...]:
    """Units from a pasted table; they open on the day given."""
    found = []
    for line, cells in _rows(text, heading="code"):
        code, kind, parent, english, urdu, phone = cells[:6]
        names = {"en": english} | ({"ur": urdu} if urdu else {})
        found.append(PlannedUnit(line, code, kind.casefold(), parent, names, opened, phone))
    return tuple(found)


def people_from_table(text: str, *, starts: date) -> tuple[PlannedPerson, ...]:
    """People from a pasted table; their postings begin on the day given."""
    found = []
    for line, cells in _rows(text, heading="login"):
        login, name, unit, duty, language = cells[:5]
        duty = duty.casefold().replace(" ", "_").replace("-", "_")
        found.append(
            PlannedPerson(line, plain_login(login), name, unit, duty, starts, language or "en")
        )
    return tuple(found)


def problems(
    plan: Plan, *, codes: Iterable[str], logins: Iterable[str], languages: Iterable[str]
) -> tuple[Problem, ...]:
    """Everything that stands in the way of a plan, all at once.

    ``codes`` are those of the agencies there are, ``logins`` those that somebody has already,
    ``languages`` those the node speaks.
    """
    found: list[Problem] = []

    def say(part: str, line: int, message: str, **facts: Any) -> None:
        found.append(Problem(part, line, message, facts))

    if not _good_code(plan.code):
        say("agency", 0, gettext_noop("Give the agency a code of letters, digits and dashes."))
    elif plan.code in set(codes):
        say("agency", 0, gettext_noop("There is an agency with the code {code} already."),
            code=plan.code)  # fmt: skip
    if plan.kind not in set(AgencyKind):
        say("agency", 0, gettext_noop("“{kind}” is no kind of agency."), kind=plan.kind)
    if not plan.names.get("en"):
        say("agency", 0, gettext_noop("Give the agency's name in English."))
    if len(plan.country) != 2 or not plan.country.isalpha():
        say("agency", 0, gettext_noop("“{country}” is no country code of two letters."),
            country=plan.country)  # fmt: skip
    if len(plan.units) > MOST_LINES or len(plan.people) > MOST_LINES:
        say("agency", 0, gettext_noop("More than {most} lines: bring them in several parts."),
            most=MOST_LINES)  # fmt: skip
        return tuple(found)
    found.extend(_unit_problems(plan))
    found.extend(_person_problems(plan, frozenset(logins), frozenset(languages)))
    return tuple(found)


def parents_first(units: Iterable[PlannedUnit]) -> tuple[PlannedUnit, ...]:
    """Units so that each comes after the one it stands under; those in a ring are left out."""
    waiting = list(units)
    ordered: list[PlannedUnit] = []
    placed: set[str] = {""}
    while waiting:
        ready = [unit for unit in waiting if unit.parent in placed]
        if not ready:
            break
        ordered.extend(ready)
        placed |= {unit.code for unit in ready}
        waiting = [unit for unit in waiting if unit.code not in placed]
    return tuple(ordered)


def _unit_problems(plan: Plan) -> list[Problem]:
    found: list[Problem] = []
    known = {unit.code for unit in plan.units}
    placed = {unit.code for unit in parents_first(plan.units)}
    met: set[str] = set()
    for unit in plan.units:

        def say(message: str, line: int = unit.line, **facts: Any) -> None:
            found.append(Problem("units", line, message, facts))

        if not _good_code(unit.code):
            say(gettext_noop("“{code}” is no code: letters, digits and dashes."), code=unit.code)
        elif unit.code in met:
            say(gettext_noop("The code {code} stands there twice."), code=unit.code)
        met.add(unit.code)
        if unit.kind not in set(UnitKind):
            say(gettext_noop("“{kind}” is no kind of unit."), kind=unit.kind)
        if not unit.names.get("en"):
            say(gettext_noop("The name is missing."))
        if unit.parent and unit.parent not in known:
            say(gettext_noop("There is no unit {parent} to stand under."), parent=unit.parent)
        elif unit.code in known - placed and unit.parent in known - placed:
            say(gettext_noop("{code} stands under itself, round other units."), code=unit.code)
        if unit.opened < plan.opened:
            say(gettext_noop("It opens before its agency."))
    return found


def _person_problems(
    plan: Plan, logins: frozenset[str], languages: frozenset[str]
) -> list[Problem]:
    found: list[Problem] = []
    opened = {unit.code: unit.opened for unit in plan.units}
    met: set[str] = set()
    for person in plan.people:

        def say(message: str, line: int = person.line, **facts: Any) -> None:
            found.append(Problem("people", line, message, facts))

        login = person.login
        if not login or len(login) > 64 or any(c.isspace() for c in login):
            say(gettext_noop("“{login}” is no login: no spaces, at most 64 signs."), login=login)
        elif login in logins:
            say(gettext_noop("Somebody has the login {login} already."), login=login)
        elif login in met:
            say(gettext_noop("The login {login} stands there twice."), login=login)
        met.add(login)
        if not person.name:
            say(gettext_noop("The name is missing."))
        if person.unit not in opened:
            say(gettext_noop("There is no unit {unit}."), unit=person.unit)
        elif person.starts < opened[person.unit]:
            say(gettext_noop("The posting begins before the unit opens."))
        if person.duty not in set(Duty):
            say(gettext_noop("“{duty}” is no duty."), duty=person.duty)
        if person.language not in languages:
            say(gettext_noop("The node does not speak “{language}”."), language=person.language)
    return found


def _good_code(code: str) -> bool:
    return 0 < len(code) <= 32 and all(c.isalnum() or c in "-_./" for c in code)


def _rows(text: str, *, heading: str) -> Iterable[tuple[int, list[str]]]:
    """Lines of a pasted table as cells, padded; a first line of headings is left out."""
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = _cells(line)
        if cells[0].casefold() == heading:
            continue
        yield number, cells + [""] * 6


def _cells(line: str) -> list[str]:
    mark = next((m for m in "\t;" if m in line), ",")
    reader = csv.reader([line], delimiter=mark, skipinitialspace=True)
    try:
        return [cell.strip() for cell in next(reader)]
    except csv.Error:
        # A cell past the reader's limit is no cell of such a table: its line is refused by name.
        return [line[:64]]


def _table(value: Any, name: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise BadFile(
            gettext_noop("The file has no part “{name}” that can be read."),
            remedy=gettext_noop("Compare it with the example in the documentation."),
            name=name,
        )
    return value


def _list(value: Any, name: str) -> list[Any]:
    if not isinstance(value, list):
        _table(None, f"[[{name}]]")
    return list(value)


def _text(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    return " ".join(str(value).split())


def _names(table: Mapping[str, Any]) -> dict[str, str]:
    names = table.get("names", {})
    if isinstance(names, str):
        names = {"en": names}
    if not isinstance(names, dict):
        return {}
    return {str(language): " ".join(str(name).split()) for language, name in names.items()}


def _day(value: Any, name: str) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    raise BadFile(
        gettext_noop("“{value}” under “{name}” is no day."),
        remedy=gettext_noop("Write days as 2026-11-21, without quotation marks."),
        value=str(value),
        name=name,
    )
