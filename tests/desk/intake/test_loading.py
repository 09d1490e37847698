"""Loading by services: every row accounted for, twice changes nothing, undo gives back exactly."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import timezone
from tests.desk.intake.conftest import Desk, all_of, everything, reconcile, table_sizes
from tests.desk.intake.reading import registers
from tests.desk.intake.texts import HEADINGS, as_csv, name_of, person_row
from tests.world import LOADER

from rabta.core.errors import NotAllowedNow
from rabta.core.words.vocabulary import Duty, Particular, Verdict
from rabta.desk.cases.models import Case, Note, ParticularRow, Person, RoleInCase
from rabta.desk.intake import jobs, pace, reading, reports, services
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.intake.rules import TRANSITIONS, UNFINISHED, LoadState, TakenBack
from rabta.desk.intake.services import staging
from rabta.desk.intake.services.holding import opened_row
from rabta.desk.matching.models import Judgement
from rabta.desk.wall import history
from rabta.desk.wall.door import write
from rabta.desk.wall.models import History, WriteEntry
from rabta.desk.wall.session import acting


def counts(load: Load) -> dict[str, int]:
    return {name: count for name, count in reports.counts(load).items() if count}


def people_named(text: str) -> list[Person]:
    rows = list(all_of(ParticularRow, kind=Particular.NAME, withdrawn=False))
    with acting(LOADER, "test"):
        ids = [row.person_id for row in rows if text in row.opened().text]
    return all_of(Person, id__in=ids)


def test_every_row_is_accounted_for(desk: Desk) -> None:
    bad = person_row(7, **{"Date of Birth": "31.02.1990"})
    total = ["", "", "", "", "Total", "", "", ""]
    blank = [""] * 8
    load = desk.load(desk.write([person_row(n) for n in range(6)] + [bad, blank, total]))
    assert counts(load) == {"read": 7, "loaded": 6, "refused": 1}
    assert load.ignored == 3  # header, blank, total
    reconcile(load)
    assert len(all_of(Person)) == 6
    assert len(all_of(Case)) == 2


def test_the_ugly_register_loads_with_every_row_accounted_for(desk: Desk) -> None:
    made = registers.ugly()
    load = desk.load(made.save(desk.folder), mapping=registers.MAPPING)
    assert load.read == made.persons + made.refused
    assert load.refused == made.refused
    assert load.loaded == made.persons == len(all_of(Person))
    assert load.read + load.ignored == made.row
    reconcile(load)
    again = desk.load(made.save(desk.folder), mapping=registers.MAPPING)
    assert counts(again) == {
        "read": made.persons + made.refused,
        "unchanged": made.persons,
        "refused": made.refused,
    }


def test_the_same_file_twice_changes_nothing(desk: Desk) -> None:
    file = desk.write([person_row(n) for n in range(20)])
    desk.load(file)
    before, sizes = everything(), table_sizes()
    again = desk.load(file)
    assert counts(again) == {"read": 20, "unchanged": 20}
    assert everything() == before
    after = table_sizes()
    grown = {name for name in after if after[name] != sizes[name]}
    # The load's own book-keeping, and that it happened; no record, no history.
    assert grown <= {"intake.Load", "intake.LoadRow", "wall.WriteEntry", "wall.ReadEntry"}


def test_a_changed_row_updates_and_keeps_what_it_said(desk: Desk) -> None:
    desk.load(desk.write([person_row(n) for n in range(5)]))
    (person,) = people_named(name_of(2))
    load = desk.load(desk.write([person_row(n) for n in range(2)]
                                + [person_row(2, Phone="03211234567")]))  # fmt: skip
    assert counts(load) == {"read": 3, "unchanged": 2, "updated": 1}
    rows = all_of(ParticularRow, person_id=person.pk, kind=Particular.PHONE)
    assert [row.withdrawn for row in rows] == [True, False]
    with acting(LOADER, "test"):
        assert "3211234567" in rows[1].opened().text.replace("-", "")
        said = [change for row in rows for change in history.of(row)]
    assert [(change.field, change.before, change.after) for change in said] == [
        ("withdrawn", False, True)
    ]


def test_a_person_in_another_role_is_an_update(desk: Desk) -> None:
    desk.load(desk.write([person_row(0)]))
    load = desk.load(desk.write([person_row(0, Role="witness")]))
    assert counts(load) == {"read": 1, "updated": 1}
    assert {role.role for role in all_of(RoleInCase)} == {"accused", "witness"}


def test_a_dry_run_writes_nothing(desk: Desk) -> None:
    desk.load(desk.write([person_row(n) for n in range(4)]))
    file = desk.write(
        [
            person_row(0),
            person_row(1, Phone="03001112223"),
            person_row(9),
            person_row(2, Role="witness"),
            person_row(3, **{"Date of Birth": "31.02.1990"}),
        ]
    )
    before, sizes = everything(), table_sizes()
    with acting(desk.actor, "test"):
        seen = services.foresee(
            desk.actor, agency=desk.world.agencies["federal"], kind="agency-return", file=file
        )
    assert seen.counts() == {
        "read": 5, "loaded": 1, "unchanged": 1, "updated": 2, "refused": 1
    }  # fmt: skip
    after = table_sizes()
    # That the machine compared with what is there is entered among the reads; nothing else.
    assert {name for name in after if after[name] != sizes[name]} <= {"wall.ReadEntry"}
    assert everything() == before
    assert counts(desk.load(file)) == seen.counts()


def test_undo_gives_back_exactly_what_was(desk: Desk) -> None:
    desk.load(desk.write([person_row(n) for n in range(6)]))
    before = everything()
    changed = [
        person_row(0, Phone="03211234567"),
        person_row(1, **{"Date of Birth": "03.04.1985"}),
        person_row(2, Role="witness"),
        person_row(3, Station="Sadar"),
        *(person_row(n) for n in range(20, 26)),
    ]
    load = desk.load(desk.write(changed))
    assert counts(load) == {"read": 10, "loaded": 6, "updated": 3, "unchanged": 1}
    assert everything() != before
    load = take_back(desk, load)
    assert load.state == LoadState.UNDONE
    assert everything() == before
    with acting(desk.actor, "test"):
        assert services.undone(desk.actor, load) == services.Undone(6, 3, 0)
    assert counts(desk.load(desk.write(changed))) == {
        "read": 10, "loaded": 6, "updated": 3, "unchanged": 1
    }  # fmt: skip


def test_cases_go_in_batches_too(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = everything()
    load = desk.load(desk.write([person_row(n) for n in range(0, 12, 3)]))
    assert len(all_of(Case)) == 4
    for name in ("FIRST", "SMALLEST", "LARGEST"):
        monkeypatch.setattr(pace, name, 1)
    steps = [4]
    with acting(desk.actor, "test"):
        services.undo(desk.actor, load=load)
        services.advance(desk.actor, load=load, progress=lambda _: steps.append(len(all_of(Case))))
    assert all(0 <= before - after <= 1 for before, after in pairwise(steps))
    assert steps[-1] == 0
    assert everything() == empty


def take_back(desk: Desk, load: Load) -> Load:
    with acting(desk.actor, "test"):
        services.undo(desk.actor, load=load)
        return services.advance(desk.actor, load=load)


def test_undo_keeps_whoever_was_worked_on_or_judged_since(desk: Desk) -> None:
    load = desk.load(desk.write([person_row(n) for n in range(0, 12, 3)]))
    worked, judged, partner, _gone = all_of(Person)
    with acting(LOADER, "test"), write(LOADER, "person.changed") as door:
        door.change(worked, sex="male")
    with acting(LOADER, "test"), write(LOADER, "pair.judged") as door:
        door.create(
            Judgement(
                left_id=judged.pk,
                right_id=partner.pk,
                verdict=Verdict.DIFFERENT,
                agency_id=desk.actor.agency,
                by_id=desk.actor.user,
                duty=desk.actor.duty,
                at=timezone.now(),
            )
        )
    load = take_back(desk, load)
    assert {person.pk for person in all_of(Person)} == {worked.pk, judged.pk, partner.pk}
    with acting(desk.actor, "test"):
        assert services.undone(desk.actor, load) == services.Undone(1, 0, 3)
    whys = [row.why for row in all_of(LoadRow, load_id=load.pk, why__in=list(TakenBack))]
    assert sorted(whys) == ["kept", "kept", "kept", "removed"]


def test_a_remark_goes_with_the_person_whose_row_brought_it(desk: Desk) -> None:
    file = desk.folder / "remarks.csv"
    rows = [[*person_row(n), f"Remark {n}"] for n in range(2)]
    file.write_text(as_csv(rows, (*HEADINGS, "Remarks")), encoding="utf-8")
    load = desk.load(file, mapping=reading.suggest_mapping(HEADINGS) | {"Remarks": "note"})
    (worked,) = people_named(name_of(0))
    with acting(LOADER, "test"), write(LOADER, "person.changed") as door:
        door.change(worked, sex="male")
    take_back(desk, load)
    (case,) = all_of(Case)
    with acting(LOADER, "test"):
        assert [note.opened() for note in all_of(Note, case_id=case.pk)] == ["row 2: Remark 0"]


def test_a_mended_row_is_loaded_and_counted_as_what_it_became(desk: Desk) -> None:
    load = desk.load(desk.write([person_row(0), person_row(1, **{"Date of Birth": "31.02.1990"})]))
    (row,) = all_of(LoadRow, state="refused")
    with acting(desk.actor, "test"):
        still = services.mend(desk.actor, load=load, row=row, fields={"birth": "30.02.1990"})
        assert "30 February" in still.message
        assert services.mend(desk.actor, load=load, row=row, fields={"birth": "1990"}) is None
        with pytest.raises(NotAllowedNow):
            services.mend(desk.actor, load=load, row=row, fields={"birth": "1990"})
    (load,) = all_of(Load)
    assert counts(load) == {"read": 2, "loaded": 2}
    reconcile(load)
    assert all_of(LoadRow, pk=row.pk)[0].sealed is None
    # The corrected file gives the same key: nobody is there twice.
    again = desk.load(desk.write([person_row(0), person_row(1, **{"Date of Birth": "1990"})]))
    assert counts(again) == {"read": 2, "unchanged": 2}


def keyed(*rows: tuple[str, str]) -> str:
    lines = [f"{n}/2021,accused,smuggling,{name},{key}" for n, (name, key) in enumerate(rows, 1)]
    return "FIR No,Role,Kind,Name,Record Key\n" + "\n".join(lines) + "\n"


KEYED = {"FIR No": "fir_number", "Role": "role", "Kind": "kind", "Name": "name",
         "Record Key": "record_key"}  # fmt: skip


def test_doubled_keys_are_refused_and_can_be_told_apart(desk: Desk) -> None:
    file = desk.folder / "keyed.csv"
    file.write_text(keyed((name_of(1), "A1"), (name_of(2), "A1"), (name_of(3), "A2")))
    load = desk.load(file, mapping=KEYED)
    assert counts(load) == {"read": 3, "loaded": 2, "refused": 1}
    (row,) = all_of(LoadRow, state="refused")
    with acting(desk.actor, "test"):
        for taken in ("A1", "A2"):
            wrong = services.mend(desk.actor, load=load, row=row, fields={"record_key": taken})
            assert wrong is not None
            assert wrong.field == "record_key"
        assert services.mend(desk.actor, load=load, row=row, fields={"record_key": "A3"}) is None
    assert len(all_of(Person)) == 3
    assert len(people_named(name_of(3))) == len(people_named(name_of(1))) == 1


def test_two_people_of_one_key_in_a_list_lose_nothing(desk: Desk, monkeypatch) -> None:
    file = desk.folder / "keyed.csv"
    file.write_text(keyed((name_of(1), "A1"), (name_of(2), "A2")))
    people = list(reading.read("agency-return", file, mapping=KEYED, today=timezone.localdate()))
    people = [one for one in people if not isinstance(one, reading.Ignored)]
    people[1] = replace(people[1], key=people[0].key)
    monkeypatch.setattr(staging.reading, "read", lambda *a, **k: iter(people))
    load = desk.load(file, mapping=KEYED)
    assert counts(load) == {"read": 2, "loaded": 1, "refused": 1}
    (row,) = all_of(LoadRow, state="refused")
    with acting(desk.actor, "test"):
        assert services.mend(desk.actor, load=load, row=row, fields={"record_key": ""}) is not None
        assert services.mend(desk.actor, load=load, row=row, fields={"record_key": "B"}) is None
    assert people_named(name_of(2))


def test_refused_rows_expire_and_leave_their_counts(desk: Desk, monkeypatch) -> None:
    load = desk.load(desk.write([person_row(0), person_row(1, **{"Date of Birth": "31.02.1990"})]))
    (row,) = all_of(LoadRow, state="refused")
    assert jobs.remove_expired() == 0
    later = timezone.localdate() + timedelta(days=31)
    monkeypatch.setattr(timezone, "localdate", lambda *a: later)
    assert jobs.remove_expired() == 1
    (emptied,) = all_of(LoadRow, pk=row.pk)
    assert emptied.sealed is None
    assert emptied.state == "refused"
    with acting(desk.actor, "test"), pytest.raises(NotAllowedNow):
        services.mend(desk.actor, load=load, row=emptied, fields={"birth": "1990"})
    reconcile(load)


def test_a_row_is_sealed_while_it_waits_and_emptied_when_it_is_applied(desk: Desk) -> None:
    file = desk.write([person_row(n) for n in range(30)])
    load = begun(desk, file)
    stop_after(desk, load, file, batches=1)
    waiting = all_of(LoadRow, state="waiting")
    assert waiting
    clear = name_of(0).encode()
    assert not any(clear in bytes(row.sealed) for row in waiting)
    load = all_of(Load)[0]
    assert name_of(0) in opened_row(load, waiting[0])
    with acting(desk.actor, "test"):
        services.advance(desk.actor, load=load, file=file)
    assert not [row for row in all_of(LoadRow) if row.sealed]


def begun(desk: Desk, file: Path) -> Load:
    with acting(desk.actor, "test"):
        federal = desk.world.agencies["federal"]
        unit = desk.world.units["circle_a"]
        return services.begin(
            desk.actor, agency=federal, unit=unit, kind="agency-return", file=file
        )


class Enough(Exception):
    pass


def stop_after(desk: Desk, load: Load, file: Path, *, batches: int) -> None:
    """Go on with a load for so many batches and break off, as a process that dies would."""
    left = [batches]

    def enough(_load: Load) -> None:
        left[0] -= 1
        if not left[0]:
            raise Enough

    with acting(desk.actor, "test"), pytest.raises(Enough):
        services.advance(desk.actor, load=load, file=file, progress=enough)


@pytest.mark.parametrize("batches", [1, 2, 3, 4])
def test_a_load_that_broke_off_goes_on_where_it_was(desk: Desk, batches: int) -> None:
    file = desk.write([person_row(n) for n in range(90)])
    load = begun(desk, file)
    stop_after(desk, load, file, batches=batches)
    assert begun(desk, file).pk == load.pk
    done = desk.load(file)
    assert done.pk == load.pk
    assert counts(done) == {"read": 90, "loaded": 90}
    reconcile(done)
    assert len(all_of(Person)) == 90


def test_an_unfinished_load_of_another_unit_is_not_gone_on_with(desk: Desk) -> None:
    file = desk.write([person_row(n) for n in range(3)])
    theirs = begun(desk, file)
    user = desk.world.user("neighbour")
    there = desk.world.actor("circle_b", Duty.SUPERVISOR, user=user)
    load = Desk(desk.world, user, there, desk.folder).load(file)
    assert load.pk != theirs.pk
    assert counts(load) == {"read": 3, "loaded": 3}
    assert {person.unit_id for person in all_of(Person)} == {there.unit}


def test_two_processes_at_one_load_take_turns(desk: Desk, monkeypatch) -> None:
    """The second one stages and applies in between, as a worker beside the command would."""
    file = desk.write([person_row(n) for n in range(120)])
    load = begun(desk, file)
    inner = [0]

    def meddle(_load: Load) -> None:
        inner[0] += 1
        if inner[0] > 3:
            return
        limit = [inner[0]]

        def enough(_load: Load) -> None:
            limit[0] -= 1
            if not limit[0]:
                raise Enough

        with pytest.raises(Enough):
            services.advance(desk.actor, load=load, file=file, progress=enough)

    with acting(desk.actor, "test"):
        done = services.advance(desk.actor, load=load, file=file, progress=meddle)
    assert inner[0] >= 3
    assert counts(done) == {"read": 120, "loaded": 120}
    reconcile(done)
    assert len(all_of(Person)) == 120


@pytest.mark.parametrize("batches", [1, 5])
def test_a_stopped_load_leaves_nothing(desk: Desk, batches: int) -> None:
    desk.load(desk.write([person_row(n) for n in range(3)], "before.csv"))
    before = everything()
    file = desk.write([person_row(n, Phone=f"0321{n:07d}") for n in range(150)])
    load = begun(desk, file)
    stop_after(desk, load, file, batches=batches)
    with acting(desk.actor, "test"):
        services.ask_to_stop(desk.actor, load=load)
        done = services.advance(desk.actor, load=load, file=file)
    assert done.state == LoadState.CANCELLED
    assert everything() == before
    with acting(desk.actor, "test"), pytest.raises(NotAllowedNow):
        services.ask_to_stop(desk.actor, load=done)


def test_every_batch_is_entered_in_the_name_of_whoever_began_it(desk: Desk) -> None:
    desk.load(desk.write([person_row(n) for n in range(5)]))
    said = [entry.said for entry in WriteEntry.objects.order_by("seq")]
    applied = [one for one in said if one["event"] == "load.applied"]
    assert applied
    assert {(one["user"], one["duty"]) for one in applied} == {(desk.actor.user, "loader")}
    assert not all_of(History)


def test_an_end_state_leads_nowhere_and_every_other_to_an_end() -> None:
    for state in LoadState:
        ends, seen = {state}, set()
        while ends - seen:
            seen |= ends
            ends = {after for each in ends for after in TRANSITIONS[each]} | ends
        assert ends & {LoadState.CANCELLED, LoadState.UNDONE, LoadState.FAILED}
    assert all(TRANSITIONS[state] for state in UNFINISHED)
