"""Forms of cases and people: what they take, every fault at its field, conflicts."""

import re

import pytest
from tests.desk.cases.conftest import ACCUSED
from tests.desk.cases.sending import MARKED, at, rows

from rabta.desk.cases import selectors
from rabta.desk.cases.models import Person
from rabta.desk.wall.models import WriteEntry
from rabta.desk.wall.scope import visible_to


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
        ("kind", "", "Choose what the case is about"),
        ("unit", "999999", "Select a valid choice"),
        ("registered", "31.2.2025", "no 31 February"),
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
    theirs = sent | rows(
        names__name__1=ACCUSED, names__alias__1="Theirs", numbers__cnic__1="35202-1234567-1"
    )
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
        ({"roles": []}, "id_roles_0", "Choose at least one role"),
        ({"births-0-text": "31.2.1990"}, "id_births-0-text", "no 31 February"),
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
