"""Files are no questions to sealed cases: to a file, whoever lies under a seal is a stranger."""

from collections.abc import Sequence
from datetime import date

import pytest
from django.utils import timezone
from tests.desk.intake.conftest import Desk, all_of, everything, reconcile
from tests.desk.intake.texts import HEADINGS, as_csv, person_row
from tests.world import LOADER

from rabta.core.access.levels import Level
from rabta.core.words.dates import PartialDate
from rabta.core.words.vocabulary import CaseKind, Duty, Role, Verdict
from rabta.desk.cases import selectors as cases
from rabta.desk.cases.models import Case, Note, ParticularRow, Person, RoleInCase
from rabta.desk.cases.services import entering
from rabta.desk.cases.services.cases import CaseEntry, open_case
from rabta.desk.cases.services.team import seal_case, unseal_case
from rabta.desk.intake import reading, services
from rabta.desk.intake.models import Load, LoadRow
from rabta.desk.matching.models import Judgement
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

COUNTS = ("read", "loaded", "unchanged", "updated", "refused")
BAD_BIRTH = {"Role": "victim", "Date of Birth": "not a day"}


@pytest.fixture
def clerk(desk: Desk) -> Desk:
    """A colleague at the same unit, whom no sealed case names."""
    user = desk.world.user("colleague")
    return Desk(desk.world, user, desk.world.actor("circle_a", Duty.CLERK, user=user), desk.folder)


def seal(desk: Desk, number: str, *, off: bool = False) -> None:
    with acting(desk.actor, "test"):
        sealed = visible_to(Case, desk.actor, at_least=Level.FULL).filter(sealed=off)
        change = unseal_case if off else seal_case
        change(actor=desk.actor, case=sealed.get(number=number))


def dry(desk: Desk, rows: Sequence[Sequence[str]]) -> dict[str, int]:
    file = desk.write(rows, "dry.csv")
    with acting(desk.actor, "test"):
        agency = desk.world.agencies["federal"]
        seen = services.foresee(desk.actor, agency=agency, kind="agency-return", file=file)
    return seen.counts()


def loaded(desk: Desk, rows: Sequence[Sequence[str]]) -> dict[str, int]:
    load = desk.load(desk.write(rows, "new.csv"))
    reconcile(load)
    return {name: getattr(load, name) for name in COUNTS}


def listed(desk: Desk) -> dict[str, int]:
    """The cases on somebody's list, and how many people they see in each."""
    with acting(desk.actor, "test"):
        return {line.number: line.people for line in cases.case_list(desk.actor).lines}


def taken_back(desk: Desk, load: Load) -> tuple[int, int, int]:
    with acting(desk.actor, "test"):
        mine = visible_to(Load, desk.actor, at_least=Level.FULL).get(pk=load.pk)
        services.undo(desk.actor, load=mine)
        done = services.advance(desk.actor, load=mine)
        assert done.state == "undone"
        came_to = services.undone(desk.actor, mine)
    return came_to.removed, came_to.restored, came_to.kept


def of_case(number: str, *, sealed: bool = True) -> dict[str, object]:
    """All that is stored of a case and of whoever is in it."""
    (case,) = all_of(Case, number=number, sealed=sealed)
    roles = all_of(RoleInCase, case_id=case.pk)
    ids = [role.person_id for role in roles]
    return {
        "case": (case.pk, case.version, case.station, case.load_id),
        "roles": [(role.pk, role.person_id, role.role) for role in roles],
        "people": [(one.pk, one.version, one.protected) for one in all_of(Person, id__in=ids)],
        "details": [(row.pk, row.withdrawn) for row in all_of(ParticularRow, person_id__in=ids)],
        "notes": [note.pk for note in all_of(Note, case_id=case.pk)],
    }


def test_a_right_guess_is_answered_as_a_wrong_one(desk: Desk, clerk: Desk) -> None:
    desk.load(desk.write([person_row(0, Role="victim")]))
    seal(desk, "1/2021")
    assert "1/2021" not in listed(clerk)
    guess = {"Phone": "", "Date of Birth": "", "Role": "accused"}
    assert dry(clerk, [person_row(0, **guess)]) == dry(clerk, [person_row(1, **guess)])


def test_what_a_file_says_of_a_sealed_case_is_entered_beside_it(desk: Desk, clerk: Desk) -> None:
    desk.load(desk.write([person_row(0, Role="victim")]))
    seal(desk, "1/2021")
    before = of_case("1/2021")
    rows = [person_row(0), person_row(1), person_row(3)]
    foreseen = dry(clerk, rows)
    assert loaded(clerk, rows) == foreseen
    assert foreseen["loaded"] == 3
    assert listed(clerk) == {"1/2021": 2, "2/2021": 1}
    assert of_case("1/2021") == before


def test_the_second_time_all_are_as_they_were(desk: Desk, clerk: Desk) -> None:
    desk.load(desk.write([person_row(0), person_row(3)]))
    seal(desk, "1/2021")
    rows = [person_row(0, Phone="03001112223"), person_row(3, Phone="03001112224")]
    first = loaded(clerk, rows)
    assert (first["loaded"], first["updated"]) == (1, 1)
    assert dry(clerk, rows)["unchanged"] == 2
    assert loaded(clerk, rows)["unchanged"] == 2


def test_taking_a_load_back_counts_the_sealed_with_those_who_are_gone(
    desk: Desk, clerk: Desk
) -> None:
    load = desk.load(desk.write([person_row(n) for n in range(6)]))
    seal(desk, "1/2021")
    before = of_case("1/2021")
    assert taken_back(clerk, load) == (6, 0, 0)
    assert listed(clerk) == {}
    assert of_case("1/2021") == before


def test_taking_back_an_update_leaves_the_sealed_as_they_are(desk: Desk, clerk: Desk) -> None:
    desk.load(desk.write([person_row(n) for n in range(6)]))
    changed = [person_row(n, Phone=f"0300999000{n}") for n in range(6)]
    load = desk.load(desk.write(changed, "changed.csv"))
    seal(desk, "1/2021")
    before = of_case("1/2021")
    assert taken_back(clerk, load) == (0, 6, 0)
    assert of_case("1/2021") == before


def test_who_was_judged_and_then_sealed_is_not_said_to_be_kept(desk: Desk, clerk: Desk) -> None:
    load = desk.load(desk.write([person_row(0), person_row(3)]))
    first, second = all_of(Person)
    with acting(LOADER, "test"), write(LOADER, "pair.judged") as door:
        door.create(
            Judgement(
                left_id=first.pk,
                right_id=second.pk,
                verdict=Verdict.DIFFERENT,
                agency_id=desk.actor.agency,
                by_id=desk.actor.user,
                duty=desk.actor.duty,
                at=timezone.now(),
            )
        )
    seal(desk, "1/2021")
    seal(desk, "2/2021")
    assert taken_back(clerk, load) == (2, 0, 0)
    assert len(all_of(Person)) == 2


def test_a_case_is_not_held_back_by_somebody_whom_another_seals(desk: Desk, clerk: Desk) -> None:
    """It would stay on the list with nobody in it."""
    keyed = {"Name": "Same One", "Father Name": "Of Both"}
    load = desk.load(desk.write([person_row(0), person_row(3, **keyed)]))
    (both,) = [p for p in all_of(Person) if p.pk != all_of(Person)[0].pk]
    with acting(desk.actor, "test"):
        case = visible_to(Case, desk.actor, at_least=Level.FULL).get(number="1/2021")
        person = visible_to(Person, desk.actor, at_least=Level.FULL).get(pk=both.pk)
        entering.add_role(actor=desk.actor, case=case, person=person, role=Role.VICTIM)
    seal(desk, "1/2021")
    assert listed(clerk) == {"2/2021": 0}
    assert taken_back(clerk, load) == (2, 0, 0)
    assert listed(clerk) == {}
    assert [role.person_id for role in all_of(RoleInCase, person_id=both.pk)] == [both.pk]


def test_who_comes_into_a_sealed_case_is_met_by_files_no_more(desk: Desk, clerk: Desk) -> None:
    desk.load(desk.write([person_row(0), person_row(3)]))
    seal(desk, "1/2021")
    with acting(desk.actor, "test"):
        case = visible_to(Case, desk.actor, at_least=Level.FULL).get(number="1/2021")
        roles = visible_to(RoleInCase, desk.actor).exclude(case_id=case.pk)
        person = visible_to(Person, desk.actor, at_least=Level.FULL).get(pk=roles.get().person_id)
        entering.add_role(actor=desk.actor, case=case, person=person, role=Role.WITNESS)
    assert dry(clerk, [person_row(3)])["loaded"] == 1
    with acting(desk.actor, "test"):
        person = visible_to(Person, desk.actor, at_least=Level.FULL).get(pk=person.pk)
        entering.remove_role(actor=desk.actor, case=case, person=person, role=Role.WITNESS)
    assert dry(clerk, [person_row(3)])["unchanged"] == 1


def test_once_the_seal_is_off_files_meet_what_they_met_before(desk: Desk, clerk: Desk) -> None:
    rows = [person_row(0), person_row(1)]
    desk.load(desk.write(rows))
    before = everything()
    seal(desk, "1/2021")
    seal(desk, "1/2021", off=True)
    assert everything() == before
    assert loaded(clerk, rows)["unchanged"] == 2
    assert loaded(clerk, [person_row(0, Phone="03001112223")])["updated"] == 1


def test_what_a_file_brought_meanwhile_stays_what_files_meet(desk: Desk, clerk: Desk) -> None:
    desk.load(desk.write([person_row(0)]))
    seal(desk, "1/2021")
    assert loaded(clerk, [person_row(0)])["loaded"] == 1
    seal(desk, "1/2021", off=True)
    assert listed(clerk) == {"1/2021": 1}
    assert len(all_of(Case, number="1/2021")) == 2
    assert loaded(clerk, [person_row(0)])["unchanged"] == 1


def test_a_load_taken_back_after_the_seal_is_off_keeps_them(desk: Desk) -> None:
    load = desk.load(desk.write([person_row(0)]))
    seal(desk, "1/2021")
    seal(desk, "1/2021", off=True)
    assert taken_back(desk, load) == (0, 0, 1)
    assert listed(desk) == {"1/2021": 1}


def shown(load: Load, reader: Desk) -> str:
    return reader.browser().get(f"/loads/{load.public_id}").content.decode()


def test_a_refused_row_of_a_case_that_is_sealed_is_as_one_whose_time_is_over(
    desk: Desk, clerk: Desk
) -> None:
    bad, other = person_row(1, **BAD_BIRTH), person_row(4, **BAD_BIRTH)
    load = desk.load(desk.write([person_row(0), bad, person_row(3), other]))
    row = all_of(LoadRow, state="refused")[0]
    seal(desk, "1/2021")
    (now,) = all_of(Load)
    reconcile(now)
    assert [getattr(now, name) for name in COUNTS] == [getattr(load, name) for name in COUNTS]
    assert (now.read, now.refused, now.ignored) == (4, 2, load.ignored)
    page = shown(load, clerk)
    assert not [word for word in ("1/2021", bad[4], bad[6]) if word in page]
    assert other[4] in page
    assert clerk.browser().get(f"/loads/rows/{row.public_id}").status_code == 302
    report = clerk.browser().get(f"/loads/{load.public_id}/report").content.decode()
    assert report.count("refused") == 1
    assert all_of(LoadRow, pk=row.pk)[0].sealed is None


ELSEWHERE = [
    {"Station": "Kharian"},
    {"Station": "Sadar", "FIR No": "1/2022"},
    {"Station": ""},
]


@pytest.mark.parametrize("fields", ELSEWHERE)
def test_a_number_given_elsewhere_too_keeps_its_rows(desk: Desk, clerk: Desk, fields) -> None:
    """FIR numbers begin anew at every station and in every year."""
    one, other = person_row(1, **BAD_BIRTH), person_row(2, **BAD_BIRTH, **fields)
    load = desk.load(desk.write([person_row(0), one, other]))
    seal(desk, "1/2021")
    page = shown(load, clerk)
    assert (one[4] in page, other[4] in page) == (False, True)


def test_a_row_is_closed_though_what_it_says_of_its_case_cannot_be_read(
    desk: Desk, clerk: Desk
) -> None:
    file = desk.folder / "dates.csv"
    rows = [
        [*person_row(0, **{"FIR No": "1"}), "05.06.2021"],
        [*person_row(1, **{"FIR No": "1"}), "31.02.2021"],
        [*person_row(2, **{"FIR No": "1"}), "31.02.2020"],
    ]
    file.write_text(as_csv(rows, (*HEADINGS, "Registered")), encoding="utf-8")
    mapping = reading.suggest_mapping(HEADINGS) | {"Registered": "registered"}
    load = desk.load(file, mapping=mapping)
    assert load.refused == 2
    seal(desk, "1")
    page = shown(load, clerk)
    assert (rows[1][4] in page, rows[2][4] in page) == (False, True)


SAME = [{}, {"Station": "SADAR"}, {"Station": ""}, {"FIR No": "FIR 1/2021"}]
ANOTHER = [{"Station": "Kharian"}, {"FIR No": "2/2021"}, {"FIR No": "1/2020"}]


@pytest.mark.parametrize(("fields", "closed"), [(f, f in SAME) for f in [*SAME, *ANOTHER]])
def test_a_case_that_no_file_brought_is_known_by_its_number(
    desk: Desk, clerk: Desk, fields, closed: bool
) -> None:
    row = person_row(1, **BAD_BIRTH, **fields)
    load = desk.load(desk.write([row]))
    entry = CaseEntry(
        kind=CaseKind.SMUGGLING,
        unit=desk.actor.unit,
        fir_number="1/2021",
        station="Sadar",
    )
    with acting(desk.actor, "test"):
        number = open_case(actor=desk.actor, entry=entry).number
    seal(desk, number)
    assert (row[4] in shown(load, clerk)) is not closed


@pytest.mark.parametrize(("registered", "closed"), [("03.04.2021", True), ("03.04.2020", False)])
def test_the_year_of_a_case_that_no_file_brought_tells_it_from_another(
    desk: Desk, clerk: Desk, registered: str, closed: bool
) -> None:
    file = desk.folder / "years.csv"
    row = [*person_row(1, **BAD_BIRTH, **{"FIR No": "1"}), registered]
    file.write_text(as_csv([row], (*HEADINGS, "Registered")), encoding="utf-8")
    load = desk.load(file, mapping=reading.suggest_mapping(HEADINGS) | {"Registered": "registered"})
    day = date(2021, 6, 5)
    entry = CaseEntry(
        kind=CaseKind.SMUGGLING,
        unit=desk.actor.unit,
        fir_number="1",
        registered=PartialDate(day, day, "5.6.2021"),
    )
    with acting(desk.actor, "test"):
        number = open_case(actor=desk.actor, entry=entry).number
    seal(desk, number)
    assert (row[4] in shown(load, clerk)) is not closed


def test_a_case_that_moved_closes_its_rows_in_both_units_and_in_no_third(
    desk: Desk, clerk: Desk
) -> None:
    rows = [person_row(0), person_row(1, **BAD_BIRTH)]
    first = desk.load(desk.write(rows))
    loads = [first]
    for unit in ("circle_b", "hq"):
        user = desk.world.user(unit)
        there = desk.world.actor(unit, Duty.SUPERVISOR, user=user)
        refused = person_row(2, **BAD_BIRTH)
        at = Desk(desk.world, user, there, desk.folder)
        loads.append(at.load(at.write([refused], f"{unit}.csv")))
    with acting(LOADER, "test"), write(LOADER, "case.moved") as door:
        (case,) = visible_to(Case, LOADER, at_least=Level.FULL)
        door.change(case, unit_id=desk.world.units["circle_b"].pk)
    with acting(there, "test"):
        case = visible_to(Case, there, at_least=Level.FULL).get()
        seal_case(actor=there, case=case)
    held = {row.load_id for row in all_of(LoadRow, state="refused") if row.sealed}
    assert held == {loads[2].pk}


def test_a_row_that_stands_twice_is_closed_with_its_case(desk: Desk) -> None:
    file = desk.folder / "twice.csv"
    rows = [[*person_row(n), "one key"] for n in (0, 1)]
    file.write_text(as_csv(rows, (*HEADINGS, "Key")), encoding="utf-8")
    mapping = reading.suggest_mapping(HEADINGS) | {"Key": "record_key"}
    assert desk.load(file, mapping=mapping).refused == 1
    seal(desk, "1/2021")
    assert not [row for row in all_of(LoadRow) if row.sealed]


def test_a_row_that_waits_while_its_case_is_sealed_is_not_applied(desk: Desk, clerk: Desk) -> None:
    desk.load(desk.write([person_row(0)]))
    rows = [person_row(n) for n in (1, 2, *range(3, 30))]
    file = clerk.write(rows, "waits.csv")

    class Enough(Exception):
        pass

    def enough(now: Load) -> None:
        if now.staged:
            raise Enough

    with acting(clerk.actor, "test"):
        agency = desk.world.agencies["federal"]
        load = services.begin(
            clerk.actor,
            agency=agency,
            unit=desk.world.units["circle_a"],
            kind="agency-return",
            file=file,
        )
        with pytest.raises(Enough):
            services.advance(clerk.actor, load=load, file=file, progress=enough)
    seal(desk, "1/2021")
    with acting(clerk.actor, "test"):
        done = services.advance(clerk.actor, load=load, file=file)
    reconcile(done)
    assert (done.read, done.loaded, done.refused) == (29, 27, 2)
    assert "1/2021" not in listed(clerk)
