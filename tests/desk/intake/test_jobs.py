"""What the worker takes up, in whose name, and what it leaves alone."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from tests.desk.intake.conftest import Desk, all_of, reconcile
from tests.desk.intake.test_loading import begun, counts, stop_after
from tests.desk.intake.texts import as_csv, person_row

from rabta.desk.intake import jobs, services
from rabta.desk.intake.models import Load
from rabta.desk.project import working
from rabta.desk.wall.models import WriteEntry
from rabta.desk.wall.session import acting


def received(desk: Desk, content: str, name: str = "register.csv") -> Load:
    with acting(desk.actor, "test"):
        load = services.receive(
            desk.actor,
            agency=desk.world.agencies["federal"],
            unit=desk.world.units["circle_a"],
            kind="agency-return",
            file=BytesIO(content.encode()),
            file_name=name,
        )
        return services.start(desk.actor, load=load)


def test_the_worker_knows_them() -> None:
    assert set(jobs.DUE) <= set(working.jobs())


def test_a_load_of_the_browser_is_done_in_the_name_of_whoever_began_it(desk: Desk) -> None:
    received(desk, as_csv([person_row(n) for n in range(45)]))
    assert jobs.advance_waiting() == 1
    (load,) = all_of(Load)
    assert counts(load) == {"read": 45, "loaded": 45}
    reconcile(load)
    said = [entry.said for entry in WriteEntry.objects.all()]
    applied = [one for one in said if one["event"] == "load.applied"]
    assert {(one["user"], one["duty"]) for one in applied} == {(desk.actor.user, "loader")}


def test_a_load_that_waits_for_its_mapping_is_left_alone(desk: Desk) -> None:
    with acting(desk.actor, "test"):
        services.receive(
            desk.actor,
            agency=desk.world.agencies["federal"],
            unit=desk.world.units["circle_a"],
            kind="agency-return",
            file=BytesIO(b"x"),
            file_name="x.csv",
        )
    assert jobs.advance_waiting() == 0
    assert all_of(Load)[0].state == "mapping"


def test_what_a_command_left_is_taken_up_once_it_stands_still(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = desk.write([person_row(n) for n in range(60)])
    load = begun(desk, file)
    stop_after(desk, load, file, batches=2)
    later = timezone.now() + timedelta(minutes=5)
    with monkeypatch.context() as at:
        at.setattr(timezone, "now", lambda: later)
        # Half read: only the command has the file.
        assert jobs.advance_waiting() == 0
    stop_after(desk, load, file, batches=3)
    assert all_of(Load)[0].state == "applying"
    assert jobs.advance_waiting() == 0
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert jobs.advance_waiting() == 1
    (load,) = all_of(Load)
    assert counts(load) == {"read": 60, "loaded": 60}
    reconcile(load)


def test_one_bad_file_does_not_stop_the_loads_behind_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(desk, "Fruit,Colour\napple,red\n", "bad.csv")
    broken = received(desk, as_csv([person_row(1)]), "broken.csv")
    received(desk, as_csv([person_row(2)]), "good.csv")
    advance = services.advance

    def sometimes(actor: object, *, load: Load) -> Load:
        if load.pk == broken.pk:
            raise RuntimeError("name of a person")
        return advance(actor, load=load)

    monkeypatch.setattr(services, "advance", sometimes)
    assert jobs.advance_waiting() == 1
    states = {load.file_name: load.state for load in all_of(Load)}
    assert states == {"bad.csv": "failed", "broken.csv": "staging", "good.csv": "applied"}
    (bad,) = [load for load in all_of(Load) if load.file_name == "bad.csv"]
    assert bad.failure["facts"]["file"] == "bad.csv"
