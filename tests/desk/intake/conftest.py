"""An officer with a browser and a command line, files of synthetic people, and a way to count."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from django.apps import apps
from django.test import Client
from tests.desk.intake.texts import as_csv
from tests.world import LOADER, World

from rabta.cli import main
from rabta.core.access.decisions import Actor
from rabta.core.access.levels import Level
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import selectors as accounts
from rabta.desk.accounts import services as accounts_services
from rabta.desk.accounts.models import User
from rabta.desk.cases.models import Case, Key, Note, ParticularRow, Person, RoleInCase
from rabta.desk.intake import pace, services
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.wall import guard
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting


@dataclass
class Desk:
    """One officer: what they load by the services, the command line, the browser."""

    world: World
    user: User
    actor: Actor
    folder: Path

    @property
    def token(self) -> str:
        posting = accounts.postings_of(self.user)[0]
        return accounts_services.issue_token(self.user, posting)

    def write(self, rows: Sequence[Sequence[str]], name: str = "register.csv") -> Path:
        path = self.folder / name
        path.write_text(as_csv(rows), encoding="utf-8")
        return path

    def load(
        self, file: Path, kind: str = "agency-return", code: str = "federal", **more: object
    ) -> Load:
        with acting(self.actor, "test"):
            create = kind != "agency-return"
            agency, unit = services.agency_for(self.actor, code=code, kind=kind, create=create)
            load = services.begin(
                self.actor, agency=agency, unit=unit, kind=kind, file=file, **more
            )
            return services.advance(
                self.actor, load=load, file=file, companion=more.get("companion")
            )

    def browser(self) -> Client:
        client = Client()
        client.force_login(self.user)
        return client


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    user = world.user("clerk")
    return Desk(world, user, world.actor("circle_a", Duty.SUPERVISOR, user=user), tmp_path)


@pytest.fixture
def rabta(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[..., click.testing.Result]:
    """Runs a command as the officer; whatever escapes it fails the test."""
    monkeypatch.setenv("RABTA_TOKEN", desk.token)

    def run(*args: object, ends: int = 0) -> click.testing.Result:
        result = CliRunner().invoke(main, [str(arg) for arg in args])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == ends, result.output + result.stderr
        return result

    return run


@pytest.fixture(autouse=True)
def batches_of_twenty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of one size whatever the machine has to do, and no waiting for others."""
    for name in ("FIRST", "SMALLEST", "LARGEST"):
        monkeypatch.setattr(pace, name, 20)
    monkeypatch.setattr(pace, "TARGET", 0.0)


def numbers(result: click.testing.Result) -> dict[str, object]:
    """The last line of output, as the JSON it is."""
    return json.loads(result.stdout.strip().splitlines()[-1])


def reconcile(load: Load) -> None:
    """Read is the sum of what became of the rows, and the rows say so too."""
    assert load.read == load.loaded + load.unchanged + load.updated + load.refused
    with acting(LOADER, "test"):
        rows = list(visible_to(LoadRow, LOADER, at_least=Level.FULL).filter(load_id=load.pk))
    assert len({row.position for row in rows}) == len(rows) == load.staged
    states = [row.state for row in rows]
    for state in ("loaded", "unchanged", "updated", "refused"):
        assert states.count(state) == getattr(load, state), state


def table_sizes() -> dict[str, int]:
    """How many rows each table holds."""
    with guard.system("test"):
        return {
            model._meta.label: model._base_manager.count()
            for model in apps.get_models()
            if model._meta.managed
        }


def all_of(model: type, **where: object) -> list:
    with acting(LOADER, "test"):
        return list(visible_to(model, LOADER, at_least=Level.FULL).filter(**where).order_by("id"))


def everything() -> dict[str, object]:
    """All that records say, opened, without the book-keeping of versions and times."""
    with acting(LOADER, "test"):
        people = {
            person.pk: (person.source_key, person.sex, person.nationalities, person.protected,
                        person.birth_year_earliest, person.birth_year_latest, person.load_id)
            for person in visible_to(Person, LOADER, at_least=Level.FULL)
        }  # fmt: skip
        return {
            "people": people,
            "particulars": sorted(
                (row.person_id, row.kind, repr(row.opened()), row.withdrawn)
                for row in visible_to(ParticularRow, LOADER, at_least=Level.FULL)
            ),
            "keys": sorted(
                visible_to(Key, LOADER, at_least=Level.FULL).values_list(
                    "person_id", "kind", "scheme", "value"
                )
            ),
            "roles": sorted(
                visible_to(RoleInCase, LOADER, at_least=Level.FULL).values_list(
                    "person_id", "case_id", "role"
                )
            ),
            "cases": {
                case.pk: (case.number, case.station, case.kind, case.place, case.source_key)
                for case in visible_to(Case, LOADER, at_least=Level.FULL)
            },
            "notes": len(visible_to(Note, LOADER, at_least=Level.FULL)),
        }
