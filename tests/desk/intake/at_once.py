"""Run in a node of its own by ``test_at_once``: two or three do what gets in each other's way.

python -m tests.desk.intake.at_once seal   → a case is sealed while others bring people
python -m tests.desk.intake.at_once undo   → a load is taken back while an officer changes a person

The first of them stops just before it commits and waits until the others are through, or for a
while: where they wait for it in turn, they never are.
"""

import json
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402
from tests.desk.intake.texts import as_csv, person_row  # noqa: E402
from tests.world import LOADER, World  # noqa: E402

from rabta.core.access.decisions import Actor  # noqa: E402
from rabta.core.access.levels import Level  # noqa: E402
from rabta.core.errors import RabtaError  # noqa: E402
from rabta.core.words.vocabulary import Duty, Role, Sex  # noqa: E402
from rabta.desk.cases.models import Case, Person, RoleInCase  # noqa: E402
from rabta.desk.cases.services import entering, team, undoing  # noqa: E402
from rabta.desk.intake import services  # noqa: E402
from rabta.desk.intake.models import Load  # noqa: E402
from rabta.desk.wall.scope import visible_to  # noqa: E402
from rabta.desk.wall.session import acting  # noqa: E402

A_WHILE = 2.0
"""Seconds the first waits for those who may be waiting for it."""


class Meeting:
    """A first one who stops before the end, and others who begin when it does."""

    def __init__(self) -> None:
        self.stopped = Event()
        self.others: list[Future[Any]] = []
        self.pool = ThreadPoolExecutor(4)

    def stop(self) -> None:
        self.stopped.set()
        wait(self.others, timeout=A_WHILE)

    def before(self, verb: Callable[..., Any]) -> Callable[..., Any]:
        def stopping(*args: Any, **kwargs: Any) -> Any:
            self.stop()
            return verb(*args, **kwargs)

        return stopping

    def behind(self, verb: Callable[..., Any]) -> Callable[..., Any]:
        def stopping(*args: Any, **kwargs: Any) -> Any:
            done = verb(*args, **kwargs)
            self.stop()
            return done

        return stopping

    def run(self, first: Callable[[], Any], *others: Callable[[], Any]) -> list[str]:
        """What became of each: "done", or the class of the error it met."""

        def after(verb: Callable[[], Any]) -> Any:
            self.stopped.wait(20)
            return verb()

        self.others = [self.pool.submit(said, lambda verb=verb: after(verb)) for verb in others]
        began = self.pool.submit(said, first)
        return [each.result() for each in (began, *self.others)]


def said(verb: Callable[[], Any]) -> str:
    try:
        verb()
    except RabtaError as error:
        return type(error).__name__
    finally:
        connections.close_all()
    return "done"


def all_of(model: type, actor: Actor = LOADER, **where: object) -> Any:
    return visible_to(model, actor, at_least=Level.FULL).filter(**where).order_by("id")


def the(model: type, actor: Actor = LOADER, **where: object) -> Any:
    return all_of(model, actor, **where).first()


class Office:
    """Two supervisors of a unit."""

    def __init__(self) -> None:
        self.world = World(timezone.localdate())
        self.one, self.other = (self.world.actor("circle_a", Duty.SUPERVISOR) for _ in range(2))
        self.folder = Path(tempfile.mkdtemp())

    def load(self, actor: Actor, *rows: list[str]) -> Load:
        file = self.folder / f"{rows[0][4]}.csv"
        file.write_text(as_csv(rows), encoding="utf-8")
        with acting(actor, "test"):
            agency, unit = services.agency_for(
                actor, code="federal", kind="agency-return", create=False
            )
            load = services.begin(actor, agency=agency, unit=unit, kind="agency-return", file=file)
            return services.advance(actor, load=load, file=file)


def seal() -> dict[str, Any]:
    office, meeting = Office(), Meeting()
    office.load(office.one, person_row(0), person_row(3))
    with acting(LOADER, "test"):
        case, beside = the(Case, number="1/2021").pk, the(Case, number="2/2021").pk
        witness = the(RoleInCase, case_id=beside).person_id

    def sealed() -> None:
        with acting(office.one, "test"):
            team.seal_case(actor=office.one, case=the(Case, office.one, pk=case))

    def loaded() -> None:
        office.load(office.other, person_row(1))

    with acting(office.other, "test"):
        seen = the(Case, office.other, pk=case), the(Person, office.other, pk=witness)

    def given_a_role() -> None:
        with acting(office.other, "test"):
            entering.add_role(actor=office.other, case=seen[0], person=seen[1], role=Role.WITNESS)

    with patch.object(team, "follow_seal", meeting.behind(team.follow_seal)):
        became = meeting.run(sealed, loaded, given_a_role)
    with acting(LOADER, "test"):
        under = [the(Person, pk=role.person_id) for role in all_of(RoleInCase, case_id=case)]
        return {
            "became": became,
            "under the seal": len(under),
            "met by files": [p.pk for p in under if p.source_key and "/" not in p.source_key],
            "beside": all_of(Case, number="1/2021", sealed=False).count(),
        }


def undo() -> dict[str, Any]:
    office, meeting = Office(), Meeting()
    load = office.load(office.one, person_row(0), person_row(1))
    with acting(office.other, "test"):
        person = the(Person, office.other)
        entry = entering.stored_entry(actor=office.other, person=person)

    def taken_back() -> None:
        with acting(office.one, "test"):
            services.undo(office.one, load=the(Load, office.one, pk=load.pk))
            services.advance(office.one, load=load)

    def changed() -> None:
        with acting(office.other, "test"):
            new = type(entry)(particulars=entry.particulars, sex=Sex.MALE)
            entering.change_person(actor=office.other, person=person, version=1, entry=new)

    with patch.object(undoing, "_remove", meeting.before(undoing._remove)):
        became = meeting.run(taken_back, changed)
    with acting(LOADER, "test"):
        return {"became": became, "left": all_of(Person).count()}


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"seal": seal, "undo": undo}[sys.argv[1]]()) + "\n")
