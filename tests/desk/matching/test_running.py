"""The linker at work: whom it takes in, what it proposes, what of it survives the next run."""

import fcntl
import json

import pytest
from django.conf import settings
from tests.desk.matching.records import (
    CNIC,
    FATHER,
    KEEPER,
    LINKER,
    NAME,
    SAME_NAME,
    Records,
    judgements,
    open_pairs,
    pair,
    proposals,
)

from rabta.core.access.levels import Level
from rabta.core.errors import NotAllowedNow, Refused
from rabta.core.words.vocabulary import Duty, Role, Verdict
from rabta.desk.matching import services
from rabta.desk.matching.models import LinkRun
from rabta.desk.wall.door import write
from rabta.desk.wall.models import ReadEntry
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

URDU, FATHER_URDU = "زبیر گوندل والا", "نوید گوندل والا"


def run(records: Records, duty: Duty = Duty.ANALYST) -> LinkRun:
    analyst = records.judge("hq", duty)
    with acting(analyst, "test"):
        return services.run_links(analyst)


def runs() -> list[LinkRun]:
    with acting(LINKER, "test"):
        return list(visible_to(LinkRun, LINKER, at_least=Level.FULL).order_by("id"))


@pytest.fixture
def trio(records: Records) -> Records:
    """One man in the files of three bodies, in two scripts."""
    records.a = records.person("circle_a", NAME, cnic=CNIC, father_name=FATHER)
    records.b = records.person("post", SAME_NAME, cnic=CNIC, father_name=FATHER)
    records.c = records.person("circle_b", URDU, cnic=CNIC, father_name=FATHER_URDU)
    records.all = {
        pair(records.a, records.b), pair(records.b, records.c), pair(records.a, records.c),
    }  # fmt: skip
    return records


def test_one_man_in_three_files_is_proposed_with_codes_alone(trio: Records) -> None:
    done = run(trio)
    assert open_pairs() == trio.all
    assert (done.state, done.people, done.proposed, done.added) == ("done", 3, 3, 3)
    one = proposals()[pair(trio.a, trio.b)]
    assert (one.strength, one.across, one.namesakes) == ("strong", True, "5")
    assert {"code": "cnic_same", "polarity": "for"} in one.evidence
    assert {key for said in one.evidence for key in said} == {"code", "polarity"}
    told = json.dumps(one.evidence, ensure_ascii=False)
    assert not any(value in told for value in (NAME, SAME_NAME, URDU, CNIC, FATHER))


def test_again_it_writes_nothing_twice(trio: Records) -> None:
    run(trio)
    before = {one.pk: one.version for one in proposals().values()}
    done = run(trio)
    assert {one.pk: one.version for one in proposals().values()} == before
    assert (done.added, done.changed, done.withdrawn) == (0, 0, 0)


def test_what_humans_said_survives_and_a_different_is_not_proposed_again(trio: Records) -> None:
    run(trio)
    said = trio.say(trio.judge("circle_a"), trio.a, trio.b, Verdict.DIFFERENT)
    run(trio)
    assert [one.pk for one in judgements()] == [said.pk]
    assert proposals()[pair(trio.a, trio.b)].state == "judged"
    assert pair(trio.a, trio.b) not in open_pairs()


def test_what_follows_from_two_judgements_is_no_longer_asked(trio: Records) -> None:
    run(trio)
    trio.say(trio.judge("circle_a"), trio.a, trio.b, Verdict.SAME)
    trio.say(trio.judge("circle_b"), trio.b, trio.c, Verdict.SAME)
    run(trio)
    assert open_pairs() == set()
    assert proposals()[pair(trio.a, trio.c)].state == "superseded"


def test_a_link_that_nothing_speaks_for_any_more_is_closed_and_may_come_back(
    trio: Records,
) -> None:
    run(trio)
    stranger = trio.person("circle_a", "Waqas Khattakwala", born="9 January 1962")
    wrong = trio.propose(stranger, trio.a)
    done = run(trio)
    assert done.withdrawn == 1
    assert proposals()[(wrong.left_id, wrong.right_id)].state == "superseded"
    superseded = proposals()[pair(trio.a, trio.b)]
    with acting(KEEPER, "test"), write(KEEPER, "test") as door:
        door.change(superseded, state="superseded")
    run(trio)
    assert pair(trio.a, trio.b) in open_pairs()


@pytest.mark.parametrize("consent", [False, True])
def test_protected_people_enter_only_if_they_agreed(trio: Records, consent: bool) -> None:
    victim = trio.person(
        "house", NAME, role=Role.VICTIM, consent=consent, cnic=CNIC, father_name=FATHER
    )
    done = run(trio)
    assert done.people == 3 + consent
    assert any(victim.pk in ends for ends in proposals()) == consent


def test_people_of_a_sealed_case_never_enter_whoever_asks(trio: Records) -> None:
    secret = trio.case("circle_a", sealed=True)
    trio.person("circle_a", NAME, case=secret, cnic=CNIC, father_name=FATHER)
    assert run(trio).people == 3
    assert open_pairs() == trio.all


def test_who_may_be_matched_no_more_leaves_no_proposal_behind(trio: Records) -> None:
    victim = trio.person(
        "house", NAME, role=Role.VICTIM, consent=True, cnic=CNIC, father_name=FATHER
    )
    run(trio)
    trio.consent(victim, False)
    trio.add_role(trio.c, trio.case("circle_b", sealed=True), Role.SUSPECT)
    run(trio)
    assert set(proposals()) == {pair(trio.a, trio.b)}


def test_namesakes_are_counted_over_people_who_are_not_protected(trio: Records) -> None:
    for number in range(12):
        trio.person("house", NAME, role=Role.VICTIM, consent=True, born=f"1 May {1950 + number}")
    run(trio)
    assert proposals()[pair(trio.a, trio.b)].namesakes == "5"


@pytest.mark.parametrize("duty", [Duty.INVESTIGATOR, Duty.CLERK, Duty.STEWARD, Duty.OBSERVER])
def test_other_duties_do_not_set_it_to_work(trio: Records, duty: Duty) -> None:
    with pytest.raises(Refused):
        run(trio, duty)
    assert runs() == []


def test_one_run_at_a_time(trio: Records) -> None:
    with (settings.RABTA.data_dir / "link.lock").open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(NotAllowedNow):
            run(trio)
    assert run(trio).state == "done"


def test_stopped_in_the_midst_it_says_so_and_the_next_run_is_whole(trio: Records) -> None:
    def stop(stage: str, done: float) -> None:
        if stage == "writing":
            raise KeyboardInterrupt

    analyst = trio.judge("hq", Duty.ANALYST)
    with acting(analyst, "test"), pytest.raises(KeyboardInterrupt):
        services.run_links(analyst, progress=stop)
    assert [one.state for one in runs()] == ["stopped"]
    run(trio)
    assert open_pairs() == trio.all


def test_a_human_who_judges_while_it_writes_is_not_overruled(trio: Records) -> None:
    trio.propose(trio.a, trio.b, probability=0.6)
    analyst, judge = trio.judge("hq", Duty.ANALYST), trio.judge("circle_a")

    def meanwhile(stage: str, done: float) -> None:
        if stage == "clustering":
            trio.say(judge, trio.a, trio.b, Verdict.DIFFERENT)

    with acting(analyst, "test"):
        services.run_links(analyst, progress=meanwhile)
    assert proposals()[pair(trio.a, trio.b)].state == "judged"


def test_whom_it_took_in_stands_in_the_ledger_of_reads(trio: Records) -> None:
    run(trio)
    said = [entry.said for entry in ReadEntry.objects.order_by("seq")]
    fed = next(one for one in said if one["event"] == "link")
    assert fed["duty"] == "linker"
    assert fed["user"] == trio.judge("hq", Duty.ANALYST).user
    assert set(fed["subjects"]["person"]["ids"]) == {trio.a.pk, trio.b.pk, trio.c.pk}
