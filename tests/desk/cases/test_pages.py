"""The pages of cases as browsers meet them: what they show, what they refuse, what they keep."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desk.cases.conftest import ACCUSED, VICTIM, House

from rabta.core.access.levels import Level
from rabta.core.words.vocabulary import CaseKind, Duty, Role
from rabta.desk.cases import selectors
from rabta.desk.cases.models import Case, Person
from rabta.desk.cases.services import cases, entering
from rabta.desk.wall.models import WriteEntry
from rabta.desk.wall.scope import visible_to

READING = ("case", "case-history", "case-print", "case-team")
WRITING = ("case-edit", "case-note", "case-close", "case-seal", "person-add")
OF_A_PERSON = ("person", "person-edit", "person-history")
MARKED = {"source_grade": "X", "information_grade": "4", "handling": "H0", "handling_text": ""}


def at(name: str, record: object = None) -> str:
    return reverse(name, args=[record.public_id] if record else [])


def rows(**texts: str) -> dict[str, str]:
    """What a browser sends of the rows of a person: prefix_kind_number → text."""
    sent, totals = {}, dict.fromkeys(("names", "births", "numbers", "others"), 0)
    for key, text in texts.items():
        group, kind = key.split("__")[:2]
        sent[f"{group}-{totals[group]}-kind"] = kind
        sent[f"{group}-{totals[group]}-text"] = text
        totals[group] += 1
    for group, total in totals.items():
        sent |= {f"{group}-TOTAL_FORMS": str(total), f"{group}-INITIAL_FORMS": "0"}
    return sent


@pytest.fixture
def scene(house: House):
    """A case of circle_a with a victim and an accused, and its officer."""
    house.user, house.me = house.officer("circle_a")
    house.c = house.case(house.me)
    house.victim = house.person(
        house.me, house.c, VICTIM, Role.VICTIM, father_name="Gulbar Pilotwala"
    )
    house.accused = house.person(house.me, house.c, ACCUSED, Role.ACCUSED, cnic="35202-1234567-1")
    return house


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
        ("hq", Duty.LIAISON),
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
    own = browser(scene.user).get(at("case", scene.c)).content.decode()
    assert VICTIM in own
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


def test_entering_a_case(scene, browser, today) -> None:
    client = browser(scene.user)
    unit = str(scene.world.units["circle_a"].pk)
    sent = {**MARKED, "kind": "trafficking", "unit": unit, "fir_number": "12/2026",
            "station": "صدر", "registered": "17.3.2025", "occurred": "2024"}  # fmt: skip
    answer = client.post(at("case-open"), sent, follow=True)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert f"E-{today.year}-0002" in said
    assert "صدر" in said
    assert "2025-03-17" in said


@pytest.mark.parametrize(
    ("field", "text", "fault"),
    [
        ("kind", "list", "Select a valid choice"),
        ("kind", "", "This field is required"),
        ("unit", "999999", "Select a valid choice"),
        ("registered", "31.2.2025", "31.2.2025"),
        ("registered", "next week", "next week"),
        ("occurred", "12.13.2190", "12.13.2190"),
        ("handling", "H3", "H3 needs a text"),
        ("source_grade", "Q", "Select a valid choice"),
        ("station", "x" * 129, "128"),
    ],
)
def test_a_fault_of_a_case_stands_in_the_summary_and_at_its_field(
    scene, browser, field, text, fault
) -> None:
    client = browser(scene.user)
    unit = str(scene.world.units["circle_a"].pk)
    before = WriteEntry.objects.count()
    sent = {**MARKED, "kind": "trafficking", "unit": unit, "fir_number": "12/2026", field: text}
    answer = client.post(at("case-open"), sent)
    said = answer.content.decode()
    assert answer.status_code == 422
    summary = said[said.index('class="faults"') : said.index("<h1")]
    wrong = "handling_text" if text == "H3" else field
    assert f'href="#id_{wrong}"' in summary
    assert fault in summary
    assert f'id="id_{wrong}_error"' in said
    assert 'value="12/2026"' in said
    assert WriteEntry.objects.count() == before


def test_a_conflict_shows_both_and_keeps_yours_in_the_form(scene, browser) -> None:
    client = browser(scene.user)
    page = client.get(at("case-edit", scene.c)).content.decode()
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    unit = str(scene.world.units["circle_a"].pk)
    sent = {**MARKED, "kind": "smuggling", "unit": unit, "version": version}
    assert client.post(at("case-edit", scene.c), {**sent, "place": "Theirs"}).status_code == 302
    answer = client.post(at("case-edit", scene.c), {**sent, "place": "Yours"})
    said = answer.content.decode()
    assert answer.status_code == 409
    table = said[said.index("<table") : said.index("</table>")]
    assert "Theirs" in table
    assert "Yours" in table
    form = said[said.index("</table>") :]
    assert 'value="Yours"' in form
    assert 'name="version" value="2"' in form
    answer = client.post(at("case-edit", scene.c), {**sent, "place": "Yours", "version": "2"})
    assert answer.status_code == 302


def test_a_conflict_of_a_person_shows_both_and_keeps_yours(scene, browser) -> None:
    client = browser(scene.user)
    sent = {**MARKED, "sex": "male", "nationalities": "PK", "version": "1"}
    theirs = sent | rows(names__name__1=ACCUSED, names__alias__1="Theirs")
    yours = sent | rows(names__name__1=ACCUSED, names__alias__1="Yours")
    assert client.post(at("person-edit", scene.accused), theirs).status_code == 302
    answer = client.post(at("person-edit", scene.accused), yours)
    said = answer.content.decode()
    assert answer.status_code == 409
    table = said[said.index("<table") : said.index("</table>")]
    assert "Theirs" in table
    assert "Yours" in table
    assert "35202-1234567-1" in table
    assert 'value="Yours"' in said[said.index("</table>") :]


def test_entering_a_person_in_two_scripts(scene, browser) -> None:
    client = browser(scene.user)
    sent = {**MARKED, "sex": "male", "nationalities": "Pakistan; AF", "roles": ["accused"]}
    sent |= rows(
        names__name__1="Barzok Falakwala",
        names__alias__1="بارزوک",
        names__alias__2="",
        births__birth__1="about 35",
        numbers__phone__1="0300-1234567",
        numbers__cnic__1="123",
    )
    answer = client.post(at("person-add", scene.c), sent, follow=True)
    said = answer.content.decode()
    assert "Barzok Falakwala" in said
    assert "Afghanistan" in said
    assert "nobody can be found by it: CNIC" in said
    with scene.as_(scene.me):
        made = visible_to(Person, scene.me).order_by("-id").first()
        details = selectors.person_page(scene.me, made).details
    assert [each.text for each in details] == [
        "Barzok Falakwala", "بارزوک", "about 35", "0300-1234567", "123"
    ]  # fmt: skip
    assert made.nationalities == "PK AF"
    assert scene.world.today.year - 37 <= made.birth_year_earliest
    assert made.birth_year_latest <= scene.world.today.year - 34


@pytest.mark.parametrize(
    ("change", "at_field", "fault"),
    [
        ({"roles": []}, "id_roles_0", "This field is required"),
        ({"births-0-text": "31.2.1990"}, "id_births-0-text", "31.2.1990"),
        ({"births-0-text": "young"}, "id_births-0-text", "young"),
        ({"nationalities": "Narnia"}, "id_nationalities", "Narnia"),
        ({"names-0-kind": "phone"}, "id_names-0-kind", "Select a valid choice"),
        ({"handling": "H3"}, "id_handling_text", "H3 needs a text"),
        ({"names-0-text": "", "births-0-text": ""}, "", "something to know this person by"),
    ],
)
def test_a_fault_of_a_person_stands_in_the_summary(scene, browser, change, at_field, fault) -> None:
    client = browser(scene.user)
    sent = {**MARKED, "sex": "male", "nationalities": "PK", "roles": ["accused"]}
    sent |= rows(names__name__1="Barzok Falakwala", births__birth__1="1990")
    answer = client.post(at("person-add", scene.c), sent | change)
    said = answer.content.decode()
    assert answer.status_code == 422
    summary = said[said.index('class="faults"') : said.index("<h1")]
    assert fault in summary
    if at_field:
        assert f'href="#{at_field}"' in summary
        assert f'id="{at_field}"' in said


def test_more_rows_come_without_a_script_and_judge_nothing(scene, browser) -> None:
    client = browser(scene.user)
    sent = {**MARKED, "sex": "female", "nationalities": "", "more": "numbers"}
    sent |= rows(names__name__1="Barzok", births__birth__1="31.2.1990", numbers__phone__1="0300")
    before = WriteEntry.objects.count()
    answer = client.post(at("person-add", scene.c), sent)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="faults"' not in said
    assert said.count('name="numbers-') == 2 * 4 + 4
    assert 'value="Barzok"' in said
    assert 'value="31.2.1990"' in said
    assert WriteEntry.objects.count() == before


def test_a_form_that_is_sent_back_unchanged_changes_nothing(scene, browser) -> None:
    client = browser(scene.user)
    page = client.get(at("person-edit", scene.accused)).content.decode()
    sent = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        sent[name] = re.search(r'<option value="([^"]*)" selected', body)[1]
    before = WriteEntry.objects.count()
    assert client.post(at("person-edit", scene.accused), sent).status_code == 302
    assert WriteEntry.objects.count() == before


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


def test_the_list_pages_both_ways_and_counts_to_a_thousand(
    house: House, browser, monkeypatch
) -> None:
    user, me = house.officer("circle_a")
    numbers = [house.case(me).number for _ in range(5)][::-1]
    with house.as_(me):
        first = selectors.case_list(me, size=2)
        second = selectors.case_list(me, size=2, before=first.older)
        third = selectors.case_list(me, size=2, before=second.older)
        back = selectors.case_list(me, size=2, after=third.newer)
    shown = [[line.number for line in page.lines] for page in (first, second, third, back)]
    assert shown == [numbers[:2], numbers[2:4], numbers[4:], numbers[2:4]]
    assert (first.newer, third.older, first.count) == (None, None, 5)
    monkeypatch.setattr("rabta.desk.cases.selectors.lists.MOST", 3)
    with house.as_(me):
        assert selectors.case_list(me).count == 4
    said = browser(user).get(at("case-list") + "?kind=trafficking").content.decode()
    assert "no case here" in said
    assert browser(user).get(at("case-list") + "?kind=x&before=y&after=z").status_code == 200


def test_the_list_is_filtered(house: House) -> None:
    _, me = house.officer("circle_a")
    _, neighbour = house.officer("circle_b")
    mine, theirs = house.case(me), house.case(neighbour, "circle_b")
    with house.as_(me):
        cases.close_case(actor=me, case=mine, on=house.world.today)

        def found(**asked: object) -> set[str]:
            return {str(line.public_id) for line in selectors.case_list(me, **asked).lines}

        both = {str(mine.public_id), str(theirs.public_id)}
        assert found() == found(kind=str(CaseKind.SMUGGLING)) == both
        assert found(own_unit=True) == found(status="closed") == {str(mine.public_id)}
        assert found(status="open") == {str(theirs.public_id)}
        assert found(kind=str(CaseKind.OTHER)) == set()


def _queries(client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len([q for q in caught.captured_queries if "set_config" not in q["sql"]])


@pytest.mark.parametrize(
    ("name", "most"),
    [("case-list", 14), ("case", 20), ("case-print", 30), ("case-history", 12)],
)
def test_questions_asked_for_a_page_do_not_grow_with_it(scene, browser, name, most) -> None:
    client = browser(scene.user)
    url = at(name, None if name == "case-list" else scene.c)
    client.get(url)
    few = _queries(client, url)
    for number in range(6):
        scene.person(scene.me, scene.c, f"Falak Namewala {number}", Role.ACCUSED, phone="0300")
        scene.case(scene.me)
        with scene.as_(scene.me):
            case = visible_to(Case, scene.me).get(pk=scene.c.pk)
            entry = scene.entry(place=f"Place {number}")
            cases.change_case(actor=scene.me, case=case, version=case.version, entry=entry)
            cases.add_note(actor=scene.me, case=case, text="seen")
    assert _queries(client, url) <= few
    assert few <= most


def test_questions_asked_for_a_person_do_not_grow_with_them(scene, browser) -> None:
    client = browser(scene.user)
    urls = [at(name, scene.accused) for name in OF_A_PERSON]
    few = [_queries(client, url) for url in urls]
    for number in range(5):
        sent = {**MARKED, "sex": "male", "nationalities": "PK", "version": str(1 + number)}
        sent |= rows(
            names__name__1=ACCUSED, names__alias__1=f"Alias {number}", numbers__phone__1="1"
        )
        assert client.post(at("person-edit", scene.accused), sent).status_code == 302
    assert [_queries(client, url) for url in urls] <= few
    assert max(few) <= 20


def test_people_of_a_long_list_come_a_page_at_a_time(scene) -> None:
    for number in range(4):
        scene.person(scene.me, scene.c, f"Falak {number}", Role.ACCUSED)
    with scene.as_(scene.me):
        case = selectors.case_by_id(scene.me, scene.c.public_id)
        first = selectors.case_page(scene.me, case, people=4)
        second = selectors.case_page(scene.me, case, people=4, people_after=first.more_people)
    names = [line.name for line in (*first.people, *second.people)]
    assert names == [VICTIM, ACCUSED, "Falak 0", "Falak 1", "Falak 2", "Falak 3"]
    assert second.more_people is None
