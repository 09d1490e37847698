"""A human judges a pair, takes it back, contradicts somebody; records stay as they are."""

import pytest
from tests.desk.matching.records import (
    LOADER,
    SAME_NAME,
    Records,
    judgements,
    open_pairs,
    pair,
    proposals,
)

from rabta.core.errors import Conflict, NotAllowedNow, NotFound, Refused
from rabta.core.words.vocabulary import Duty, Role, Verdict
from rabta.desk.matching import selectors, services
from rabta.desk.matching.models import Proposal
from rabta.desk.wall.door import write
from rabta.desk.wall.models import WriteEntry
from rabta.desk.wall.session import acting

SAME, DIFFERENT = Verdict.SAME, Verdict.DIFFERENT


@pytest.fixture
def across(records: Records) -> Proposal:
    records.mine = records.person("circle_a")
    records.theirs = records.person("post", SAME_NAME)
    records.me = records.judge("circle_a")
    return records.propose(records.mine, records.theirs)


def undo(actor, judgement) -> None:
    with acting(actor, "test"):
        services.undo_judgement(actor, public_id=judgement.public_id)


def test_a_judgement_closes_the_proposal_and_names_its_judge(
    records: Records, across: Proposal
) -> None:
    records.say(records.me, records.mine, records.theirs, DIFFERENT)
    (said,) = judgements()
    assert (said.verdict, said.by_id, said.duty) == ("different", records.me.user, "investigator")
    assert proposals()[pair(records.mine, records.theirs)].state == "judged"
    entry = WriteEntry.objects.order_by("-seq").first().said
    assert (entry["event"], entry["user"]) == ("link.judged", records.me.user)


def test_either_agency_may_judge(records: Records, across: Proposal) -> None:
    records.say(records.judge("post"), records.mine, records.theirs, SAME)
    assert open_pairs() == set()


def test_undone_it_stays_and_the_proposal_is_open_again(records: Records, across: Proposal) -> None:
    said = records.say(records.me, records.mine, records.theirs, SAME)
    undo(records.me, said)
    (kept,) = judgements()
    assert (kept.verdict, kept.undone_by_id) == ("same", records.me.user)
    assert open_pairs() == {pair(records.mine, records.theirs)}
    with pytest.raises(NotAllowedNow):
        undo(records.me, said)


def test_undoing_one_of_two_leaves_the_other_standing(records: Records, across: Proposal) -> None:
    records.say(records.judge("post"), records.mine, records.theirs, SAME)
    undo(records.me, records.say(records.me, records.mine, records.theirs, DIFFERENT))
    assert open_pairs() == set()


def test_anothers_judgement_is_not_ones_own_to_take_back(
    records: Records, across: Proposal
) -> None:
    said = records.say(records.judge("post"), records.mine, records.theirs, SAME)
    with pytest.raises(Refused):
        undo(records.me, said)
    undo(records.judge("rhq", Duty.SUPERVISOR), said)
    assert open_pairs() == {pair(records.mine, records.theirs)}


@pytest.mark.parametrize("duty", [Duty.CLERK, Duty.STEWARD, Duty.OBSERVER, Duty.CASE_WORKER])
def test_other_duties_judge_nothing(records: Records, across: Proposal, duty: Duty) -> None:
    with pytest.raises(Refused):
        records.say(records.judge("circle_a", duty), records.mine, records.theirs, SAME)
    assert judgements() == []


def test_who_knows_neither_may_not_judge(records: Records, across: Proposal) -> None:
    with pytest.raises(Refused):
        records.say(records.judge("house", Duty.SUPERVISOR), records.mine, records.theirs, SAME)


def test_a_protected_person_of_another_agency_cannot_be_judged(records: Records) -> None:
    mine = records.person("circle_a")
    victim = records.person("house", role=Role.VICTIM)
    with pytest.raises(NotFound):
        records.say(records.judge("circle_a"), mine, victim, SAME)


def test_a_pair_nobody_proposed_can_be_judged(records: Records) -> None:
    one, other = records.person("circle_a"), records.person("circle_b")
    records.say(records.judge("circle_a"), other, one, SAME)
    assert [(said.left_id, said.right_id) for said in judgements()] == [pair(one, other)]


def test_of_two_who_look_at_once_the_second_is_told(records: Records, across: Proposal) -> None:
    looked_at = proposals()[pair(records.mine, records.theirs)].version
    both = pair(records.mine, records.theirs)
    for number, actor in enumerate((records.judge("post"), records.me)):
        with acting(actor, "test"):
            if number == 0:
                services.judge(actor, pair=both, verdict=SAME, version=looked_at)
            else:
                with pytest.raises(Conflict):
                    services.judge(actor, pair=both, verdict=DIFFERENT, version=looked_at)
    assert [said.verdict for said in judgements()] == ["same"]


def test_same_and_same_make_one_identity_of_three_records(records: Records) -> None:
    a, b, c, d = (records.person("circle_a") for _ in range(4))
    me = records.judge("circle_a")
    records.say(me, a, b, SAME)
    records.say(me, b, c, SAME)
    records.say(me, c, d, Verdict.UNSURE)
    with acting(me, "test"):
        assert selectors.identity_of(me, record=c.pk) == {a.pk, b.pk, c.pk}
        assert selectors.identity_of(me, record=d.pk) == {d.pk}


def test_what_cannot_all_be_true_is_shown_and_joins_nobody(records: Records) -> None:
    a, b, c = (records.person("circle_a") for _ in range(3))
    me = records.judge("circle_a")
    records.say(me, a, b, SAME)
    records.say(me, b, c, SAME)
    against = records.say(me, a, c, DIFFERENT)
    with acting(me, "test"):
        (found,) = selectors.judgement_list(me).conflicting
        assert found.different.public_id == against.public_id
        assert {line.verdict for line in found.chain} == {SAME}
        assert len(found.chain) == 2
        assert len(selectors.conflicting_at(me, pair=pair(a, b))) == 1
        assert selectors.identity_of(me, record=a.pk) == {a.pk}
    undo(me, against)
    with acting(me, "test"):
        assert selectors.judgement_list(me).conflicting == ()
        assert selectors.identity_of(me, record=a.pk) == {a.pk, b.pk, c.pk}


def test_people_who_go_take_their_proposals_along_and_the_judged_stay(records: Records) -> None:
    going, judged, undone, other = (records.person("circle_a") for _ in range(4))
    me = records.judge("circle_a")
    for one in (going, judged, undone):
        records.propose(one, other)
    records.say(me, judged, other, DIFFERENT)
    undo(me, records.say(me, undone, other, SAME))
    with acting(LOADER, "test"), write(LOADER, "test") as door:
        kept = services.forget_people(door, LOADER, ids=[going.pk, judged.pk, undone.pk])
    assert kept == {judged.pk, undone.pk}
    assert set(proposals()) == {pair(judged, other), pair(undone, other)}
    assert len(judgements()) == 2
