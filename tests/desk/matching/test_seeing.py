"""Who may know of a proposed link, and how much of its two ends."""

import dataclasses

import pytest
from tests.desk.matching.records import CNIC, FATHER, NAME, SAME_NAME, Records

from rabta.core.access.levels import Level
from rabta.core.errors import NotFound
from rabta.core.words.vocabulary import Duty, Role, Verdict
from rabta.desk.cases.models import Person
from rabta.desk.matching import selectors
from rabta.desk.matching.models import Proposal
from rabta.desk.matching.rules import REVIEW
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

JUDGES = (Duty.INVESTIGATOR, Duty.SUPERVISOR, Duty.LIAISON, Duty.ANALYST)
OTHERS = tuple(duty for duty in Duty if duty not in JUDGES)


def seen(actor) -> tuple[selectors.Link, ...]:
    with acting(actor, "test"):
        return selectors.link_list(actor).lines


def whole(actor, proposal: Proposal) -> selectors.Link:
    with acting(actor, "test"):
        return selectors.link_of(
            actor, selectors.proposal_by_id(actor, public_id=proposal.public_id)
        )


@pytest.fixture
def across(records: Records) -> Proposal:
    """A link between a man of the federal agency and one of the railways."""
    records.mine = records.person("circle_a", cnic=CNIC, father_name=FATHER)
    records.theirs = records.person("post", SAME_NAME, cnic=CNIC, father_name=FATHER)
    return records.propose(records.mine, records.theirs)


def test_both_ends_in_full_are_explained(records: Records) -> None:
    one, other = records.person("circle_a", cnic=CNIC), records.person("circle_a", SAME_NAME)
    proposal = records.propose(one, other)
    link = whole(records.judge("circle_a"), proposal)
    assert link.explained
    assert {link.first.name, link.second.name} == {NAME, SAME_NAME}
    assert [reason.template for reason in link.reasons] == [
        "The CNIC is the same.", "The fathers' names differ.",
    ]  # fmt: skip
    assert link.namesakes == "10"


def test_a_far_end_is_a_desk_to_ask_and_nothing_else(records: Records, across: Proposal) -> None:
    link = whole(records.judge("circle_a"), across)
    assert link.first.name == NAME
    assert link.first.own
    assert (link.second.level, link.second.why) == (Level.HIT, "hit-only")
    assert link.second.desk.agency == "Railways"
    closed = selectors.Side(
        record=link.second.record, level=Level.HIT, why="hit-only", desk=link.second.desk, own=False
    )
    assert link.second == closed
    assert (link.reasons, link.namesakes, link.bridge) == ((), "", False)
    assert link.strength == "strong"


def test_the_far_end_holds_nothing_of_the_record_in_any_form(
    records: Records, across: Proposal
) -> None:
    told = repr(dataclasses.asdict(whole(records.judge("circle_a"), across).second))
    for secret in (SAME_NAME, FATHER, CNIC, str(records.theirs.public_id), "1985"):
        assert secret not in told


def test_whoever_knows_neither_end_does_not_learn_of_the_link(
    records: Records, across: Proposal
) -> None:
    shelter = records.judge("house", Duty.SUPERVISOR)
    assert seen(shelter) == ()
    with acting(shelter, "test"), pytest.raises(NotFound):
        selectors.proposal_by_id(shelter, public_id=across.public_id)


@pytest.mark.parametrize("duty", JUDGES)
def test_duties_that_judge_see_links_of_their_agency(
    records: Records, across: Proposal, duty: Duty
) -> None:
    assert len(seen(records.judge("circle_b", duty))) == 1


@pytest.mark.parametrize("duty", OTHERS)
def test_other_duties_see_no_link_across_agencies(
    records: Records, across: Proposal, duty: Duty
) -> None:
    assert seen(records.judge("circle_a", duty)) == ()


def test_an_owner_who_allows_more_is_shown_more(records: Records, across: Proposal) -> None:
    records.world.allow("railways", "federal", Level.PSEUDONYM)
    link = whole(records.judge("circle_a"), across)
    assert link.second.level is Level.PSEUDONYM
    assert (link.second.name, link.second.details, link.reasons) == ("", {}, ())
    assert link.second.born == "1985"


def test_an_owner_who_allows_all_opens_the_reasons(records: Records, across: Proposal) -> None:
    records.world.allow("railways", "federal", Level.FULL)
    link = whole(records.judge("circle_a"), across)
    assert link.explained
    assert link.second.name == SAME_NAME


@pytest.mark.parametrize("consent", [False, True])
def test_a_protected_person_of_another_agency_is_there_only_with_consent(
    records: Records, consent: bool
) -> None:
    mine = records.person("circle_a")
    victim = records.person("house", SAME_NAME, role=Role.VICTIM, consent=True)
    records.propose(mine, victim)
    records.consent(victim, consent)
    assert len(seen(records.judge("circle_a"))) == consent


@pytest.mark.parametrize(
    ("elsewhere", "allowed"),
    [("circle_b", None), *(("house", level) for level in Level if level > Level.NOTHING)],
)
def test_a_link_names_nobody_whom_the_wall_protects(
    records: Records, elsewhere: str, allowed: Level | None
) -> None:
    """The name of the nearer end would name a pseudonym: only the desk to ask is told."""
    case = records.case(elsewhere)
    mine = records.person("circle_a", NAME)
    victim = records.person(elsewhere, SAME_NAME, case=case, role=Role.VICTIM, consent=True)
    if allowed is not None:
        records.world.allow("shelter", "federal", allowed)
    link = whole(records.judge("circle_a"), records.propose(mine, victim))
    assert link.first.name == NAME
    assert link.second.level is Level.HIT
    assert link.second.public_id is None
    assert (link.second.roles, link.second.sex, link.second.born) == ((), "", "")


def test_consent_withdrawn_closes_the_link_to_the_shelter_itself(records: Records) -> None:
    mine = records.person("circle_a")
    victim = records.person("house", SAME_NAME, role=Role.VICTIM, consent=True)
    records.propose(mine, victim)
    shelter = records.judge("house", Duty.SUPERVISOR)
    assert len(seen(shelter)) == 1
    records.consent(victim, False)
    assert seen(shelter) == ()


def test_a_sealed_case_leaves_no_trace_for_who_is_not_named(
    records: Records, across: Proposal
) -> None:
    secret = records.case("post", sealed=True)
    records.add_role(records.theirs, secret, Role.SUSPECT)
    for unit in ("circle_a", "hq", "post", "rhq"):
        assert seen(records.judge(unit, Duty.SUPERVISOR)) == ()


def test_what_was_said_is_hidden_with_the_people(records: Records, across: Proposal) -> None:
    me = records.judge("circle_a")
    records.say(me, records.mine, records.theirs, Verdict.SAME)
    with acting(me, "test"):
        assert len(selectors.judgement_list(me).lines) == 1
    records.add_role(records.theirs, records.case("post", sealed=True), Role.SUSPECT)
    with acting(me, "test"):
        assert selectors.judgement_list(me).lines == ()
        assert selectors.identity_of(me, record=records.mine.pk) == {records.mine.pk}


def test_reviewing_links_opens_no_list_of_anothers_people(
    records: Records, across: Proposal
) -> None:
    me = records.judge("circle_a")
    with acting(me, "test"):
        far = visible_to(Person, me, REVIEW, at_least=Level.HIT).get(pk=records.theirs.pk)
        assert {"sex", "nationalities", "birth_year_latest"} & set(far.__dict__) == set()


def test_pages_go_on_where_they_ended_most_worth_first(records: Records) -> None:
    me = records.judge("circle_a")
    first = records.person("circle_a")
    made = [
        records.propose(first, records.person("circle_a"), worth=worth)
        for worth in (100, 300, 200, 300, 50)
    ]
    ranked = [made[i].public_id for i in (1, 3, 2, 0, 4)]
    with acting(me, "test"):
        page = selectors.link_list(me, size=2)
        assert [line.public_id for line in page.lines] == ranked[:2]
        assert (page.count, page.previous) == (5, None)
        page = selectors.link_list(me, size=2, after=page.next)
        assert [line.public_id for line in page.lines] == ranked[2:4]
        last = selectors.link_list(me, size=2, after=page.next)
        assert [line.public_id for line in last.lines] == ranked[4:]
        assert last.next is None
        back = selectors.link_list(me, size=2, before=page.previous)
        assert [line.public_id for line in back.lines] == ranked[:2]
        assert back.previous is None


def test_links_are_filtered(records: Records, across: Proposal) -> None:
    me = records.judge("circle_a")
    weak = records.propose(records.mine, records.person("circle_b"), probability=0.6)
    with acting(me, "test"):
        possible = selectors.link_list(me, strength="possible").lines
        agencies = selectors.link_list(me, between="agencies").lines
    assert [line.public_id for line in possible] == [weak.public_id]
    assert [line.public_id for line in agencies] == [across.public_id]
