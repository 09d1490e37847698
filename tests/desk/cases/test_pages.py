"""The pages of cases as browsers meet them: what they show, to whom, what they do."""

import re

import pytest
from tests.desk.cases.conftest import ACCUSED, VICTIM
from tests.desk.cases.sending import MARKED, OF_A_PERSON, READING, WRITING, at, rows

from rabta.core.access.levels import Level
from rabta.core.words.vocabulary import Duty
from rabta.desk.cases import selectors
from rabta.desk.cases.services import cases, entering


def test_every_page_opens_for_the_officer(scene, browser) -> None:
    client = browser(scene.user)
    for name in ("case-list", "case-open"):
        assert client.get(at(name)).status_code == 200
    for name in READING + WRITING:
        assert client.get(at(name, scene.c)).status_code == 200, name
    for name in OF_A_PERSON:
        assert client.get(at(name, scene.victim)).status_code == 200, name


@pytest.mark.parametrize(
    ("unit", "duty", "reads", "writes"),
    [
        ("circle_a", Duty.CLERK, 200, 200),
        ("circle_a", Duty.SUPERVISOR, 200, 200),
        ("hq", Duty.SUPERVISOR, 200, 200),
        ("circle_b", Duty.INVESTIGATOR, 200, 403),
        ("circle_b", Duty.CLERK, 404, 404),
        ("hq", Duty.ANALYST, 200, 403),
        ("post", Duty.INVESTIGATOR, 404, 404),
        ("house", Duty.CASE_WORKER, 404, 404),
        ("hq", Duty.STEWARD, 403, 403),
        ("hq", Duty.OBSERVER, 403, 403),
    ],
)
def test_who_opens_what(scene, browser, unit, duty, reads, writes) -> None:
    user, _ = scene.officer(unit, duty)
    client = browser(user)
    assert {client.get(at(name, scene.c)).status_code for name in READING} == {reads}
    assert {client.get(at(name, scene.c)).status_code for name in WRITING} == {writes}


@pytest.mark.parametrize(
    ("unit", "duty"),
    [
        ("circle_b", Duty.INVESTIGATOR),
        ("circle_b", Duty.SUPERVISOR),
        ("hq", Duty.CASE_WORKER),
        ("post", Duty.INVESTIGATOR),
        ("post", Duty.LIAISON),
        ("house", Duty.CASE_WORKER),
        ("hq", Duty.STEWARD),
        ("rhq", Duty.OBSERVER),
    ],
)
@pytest.mark.parametrize("allowed", [0, 2, 3, 4])
def test_a_protected_name_leaves_its_unit_on_no_page(scene, browser, unit, duty, allowed) -> None:
    if allowed:
        scene.world.allow("federal", "railways", allowed)
    with scene.as_(scene.me):
        case = selectors.case_by_id(scene.me, scene.c.public_id)
        cases.close_case(actor=scene.me, case=case, on=scene.world.today)
        cases.reopen_case(actor=scene.me, case=case)
    user, _ = scene.officer(unit, duty)
    client = browser(user)
    answers = [client.get(at("case-list"))]
    answers += [client.get(at(name, scene.c)) for name in READING + WRITING]
    answers += [client.get(at(name, scene.victim)) for name in OF_A_PERSON]
    answers += [client.post(at("person-edit", scene.victim), rows(names__name__1="x"))]
    for answer in answers:
        said = answer.content.decode()
        assert "Zarnaab" not in said
        assert "Gulbar" not in said


def test_a_protected_person_has_a_pseudonym_for_the_neighbours(scene, browser) -> None:
    user, _ = scene.officer("circle_b")
    client = browser(user)
    said = client.get(at("case", scene.c)).content.decode()
    assert ACCUSED in said
    assert re.search(r"Person <bdi class=\"code\">[0-9A-F]{4}</bdi>", said)
    assert "protected" in said
    assert "seen at the station" not in said
    own = browser(scene.user).get(at("case", scene.c)).content.decode()
    assert VICTIM in own
    assert "seen at the station" in own
    assert '<span class="tag tag-protected">protected</span>' in own


def test_below_operational_a_case_shows_what_can_be_counted(scene, browser) -> None:
    scene.world.allow("federal", "railways", int(Level.PSEUDONYM))
    user, _ = scene.officer("post")
    client = browser(user)
    for answer in (client.get(at("case-list")), client.get(at("case", scene.c))):
        said = answer.content.decode()
        assert answer.status_code == 200
        assert "Smuggling of migrants" in said
        assert scene.c.number not in said
        assert "Sadar" not in said
        assert ACCUSED not in said
    assert client.get(at("case-print", scene.c)).status_code == 403


def test_notes_are_written_and_names_never_stand_in_addresses(scene, browser) -> None:
    client = browser(scene.user)
    answer = client.post(at("case-note", scene.c), {**MARKED, "text": "<b>ہجرت</b>"}, follow=True)
    said = answer.content.decode()
    assert "&lt;b&gt;ہجرت" in said
    assert client.post(at("case-note", scene.c), {**MARKED, "text": " "}).status_code == 422


def test_sealing_asks_first_and_takes_the_seal_off_again(scene, browser) -> None:
    client = browser(scene.user)
    assert "Only the team below" in client.get(at("case-seal", scene.c)).content.decode()
    answer = client.post(at("case-seal", scene.c), {"seal": "on"}, follow=True)
    assert '<span class="tag tag-sealed">sealed</span>' in answer.content.decode()
    assert client.post(at("case-seal", scene.c), {"seal": "on"}).status_code == 409
    client.post(at("case-seal", scene.c), {"seal": "off"})
    assert "tag-sealed" not in client.get(at("case", scene.c)).content.decode()


def test_the_team_is_changed_on_its_page(scene, browser) -> None:
    client = browser(scene.user)
    colleague, _ = scene.officer("circle_b")
    public_id = str(colleague.public_id)
    answer = client.post(at("case-team", scene.c), {"user": public_id, "lead": "on"}, follow=True)
    assert colleague.name in answer.content.decode()
    answer = client.post(at("case-team", scene.c), {"user": "nobody"})
    assert answer.status_code == 422
    client.post(at("case-team", scene.c), {"remove": public_id})
    with scene.as_(scene.me):
        team = selectors.case_page(scene.me, selectors.case_by_id(scene.me, scene.c.public_id)).team
    assert [member.name for member in team] == [scene.user.name]
    assert client.post(at("case-team", scene.c), {"remove": "x"}).status_code == 404


def test_roles_are_added_and_removed_on_the_page_of_the_person(scene, browser) -> None:
    client = browser(scene.user)
    url, case = at("person-role", scene.accused), str(scene.c.public_id)
    said = client.post(url, {"case": case, "role": "witness"}, follow=True).content.decode()
    assert "tag-protected" in said
    answer = client.post(url, {"case": case, "role": "witness"})
    assert answer.status_code == 422
    assert "has this role in this case already" in answer.content.decode()
    said = client.post(url, {"case": case, "role": "witness", "remove": "1"}, follow=True)
    assert "tag-protected" not in said.content.decode()


def test_closing_offers_to_open_again(scene, browser) -> None:
    client = browser(scene.user)
    assert client.post(at("case-close", scene.c), {"closed_on": "2025"}).status_code == 422
    today = scene.world.today.isoformat()
    said = client.post(at("case-close", scene.c), {"closed_on": today}, follow=True)
    assert f'action="{at("case-reopen", scene.c)}"' in said.content.decode()
    said = client.post(at("case-reopen", scene.c), follow=True).content.decode()
    assert "Closed on" not in said


def test_a_print_carries_its_marking_and_is_entered(scene, browser, last_entry) -> None:
    with scene.as_(scene.me):
        entry = entering.stored_entry(actor=scene.me, person=scene.accused)
        entering.change_person(
            actor=scene.me, person=scene.accused, version=1, entry=entry,
            marking=entering.Marking(handling="H2"),
        )  # fmt: skip
    said = browser(scene.user).get(at("case-print", scene.c)).content.decode()
    head = said[said.index('class="print-head"') : said.index("<header")]
    assert "H2" in head
    assert scene.c.number in head
    assert scene.user.name in said
    assert last_entry()["event"] == "case.printed"


def test_a_case_says_whether_it_is_open_and_what_its_codes_mean(scene, browser) -> None:
    client = browser(scene.user)
    said = client.get(at("case", scene.c)).content.decode()
    assert "<dt>Status</dt><dd>Open</dd>" in said
    assert 'title="X: source cannot be assessed; 4: cannot be corroborated">X4</abbr>' in said
    assert "What the codes mean" in said
    assert "tag-handling" not in said  # H0 restricts nothing
    client.post(at("case-close", scene.c), {"closed_on": scene.world.today.isoformat()})
    assert "<dt>Status</dt><dd>Closed</dd>" in client.get(at("case", scene.c)).content.decode()


def test_a_team_of_nobody_is_said_of_officers(scene, browser) -> None:
    client = browser(scene.user)
    client.post(at("case-team", scene.c), {"remove": str(scene.user.public_id)})
    said = client.get(at("case", scene.c)).content.decode()
    assert "No officer is named for this case." in said


def test_consent_to_matching_is_said_where_it_matters(scene, browser) -> None:
    client = browser(scene.user)
    asked = "Agrees to be matched"
    assert asked in client.get(at("person", scene.victim)).content.decode()
    assert asked not in client.get(at("person", scene.accused)).content.decode()


def test_the_page_of_a_case_is_marked_when_it_is_printed_itself(scene, browser) -> None:
    said = browser(scene.user).get(at("case", scene.c)).content.decode()
    head = said[said.index('class="print-head"') : said.index("<header")]
    assert "H0" in head
    assert scene.c.number in head
    printed = said[said.index('class="print-only"') : said.index("<h2>The case")]
    assert "Strictest handling code on this print:" in printed
    assert scene.user.name in printed
    assert "That this page was read is entered in the ledger." in printed
