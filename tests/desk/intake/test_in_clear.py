"""What names somebody stands nowhere in clear: in no table, no error, no place in a file."""

from django.db import connections
from tests.desk.intake.conftest import Desk, all_of
from tests.desk.intake.texts import person_row

from rabta.desk.cases.models import Case, Person
from rabta.desk.intake.models import Load
from rabta.desk.wall import guard

NAME, FATHER, PHONE = "Zarmina Khattakzai", "Karim Khattakzai", "03009998887"


def everywhere(*words: str) -> list[str]:
    """The columns, of both databases, in which one of these words stands in clear."""
    found = set()
    with guard.system("test"):
        for name in ("default", "reads"):
            with connections[name].cursor() as cursor:
                for table in connections[name].introspection.table_names(cursor):
                    cursor.execute(f'SELECT * FROM "{table}"')
                    columns = [column[0] for column in cursor.description]
                    for row in cursor.fetchall():
                        found |= {
                            f"{table}.{column}"
                            for column, value in zip(columns, row, strict=True)
                            if any(word.casefold() in _text(value) for word in words)
                        }
    return sorted(found)


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace").casefold()
    return str(value).casefold()


def test_names_stand_nowhere_in_clear_after_a_days_work(desk: Desk) -> None:
    row = person_row(0, Role="victim", Name=NAME, **{"Father Name": FATHER, "Phone": PHONE})
    bad = person_row(1, Role="victim", Name=f"{NAME}a", **{"Date of Birth": "Khattakzai"})
    desk.load(desk.write([row, bad]))
    browser = desk.browser()
    (load,), (person,), (case,) = all_of(Load), all_of(Person), all_of(Case)
    note = {"text": f"her father {FATHER}", "source_grade": "A", "information_grade": "1"}
    browser.get(f"/loads/{load.public_id}")
    browser.post("/look-up", {"q": NAME, "case": str(case.public_id)})
    program = {"text": NAME, "case": case.number}
    browser.post("/api/v1/look-up", program, content_type="application/json")
    browser.get(f"/people/{person.public_id}")
    browser.get(f"/{NAME}")
    browser.get(f"/cases/?before={NAME}")
    browser.post(f"/cases/{case.public_id}/notes", {**note, "handling": "H0"})
    browser.post("/sign-in", {"login": NAME, "passphrase": FATHER})
    assert everywhere("Khattakzai", PHONE) == []


def test_a_restriction_in_words_is_sealed_as_a_note_is(desk: Desk) -> None:
    desk.load(desk.write([person_row(0, Role="victim")]))
    (case,) = all_of(Case)
    said = {
        "text": "x",
        "source_grade": "A",
        "information_grade": "1",
        "handling": "H3",
        "handling_text": f"never to her father {FATHER}",
    }
    browser = desk.browser()
    assert browser.post(f"/cases/{case.public_id}/notes", said).status_code == 302
    assert FATHER in browser.get(f"/cases/{case.public_id}").content.decode()
    assert everywhere("Khattakzai") == []
