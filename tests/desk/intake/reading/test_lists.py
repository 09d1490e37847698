from pathlib import Path

import pytest
from tests.desk.intake.reading import lists
from tests.desk.intake.reading.registers import TODAY

from rabta.core.errors import BadFile
from rabta.core.words.incoming import IncomingParticular, IncomingPerson
from rabta.core.words.vocabulary import CaseKind, Particular, Role, Sex
from rabta.desk.intake.reading import Ignored, Refused, read, reread


def un(file: Path) -> list[IncomingPerson | Refused | Ignored]:
    return list(read("un-consolidated", file, today=TODAY))


def ofac(file: Path, companion: Path | None = None) -> list[IncomingPerson | Refused | Ignored]:
    return list(read("ofac", file, companion=companion, today=TODAY))


def only(found: list[IncomingPerson | Refused | Ignored]) -> IncomingPerson:
    (person,) = (item for item in found if isinstance(item, IncomingPerson))
    return person


def of(person: IncomingPerson, kind: Particular) -> list[IncomingParticular]:
    return [item for item in person.particulars if item.kind is kind]


def test_an_individual_with_all_it_can_carry(tmp_path: Path) -> None:
    found = un(lists.un_list(tmp_path, lists.individual(1, "DMi.001")))
    person = only(found)
    assert (person.key, person.at, person.role) == ("DMi.001", "individual 1", Role.LISTED)
    assert (person.case.key, person.case.kind) == ("UN-SC", CaseKind.LIST)
    assert person.sex is Sex.FEMALE
    assert person.nationalities == ("PK",)
    assert [item.text for item in of(person, Particular.NAME)] == [
        "GULZAD TARINPUR",
        "گلزاد تارین‌پور",
    ]
    assert [(item.text, item.quality) for item in of(person, Particular.ALIAS)] == [
        ("Zadu", "Low"),
        ("Zad", "a.k.a."),
    ]
    assert of(person, Particular.ALIAS)[1].detail == {"note": "as a child"}
    (address,) = of(person, Particular.ADDRESS)
    assert address.text == "Main Road, Demoabad, Pakistan"
    assert address.detail["note"] == "until 2010"
    (passport,) = of(person, Particular.PASSPORT)
    assert passport.text == "AB1234567"
    assert passport.detail == {"type": "Passport", "country": "Pakistan", "note": "expired"}
    assert [item.text for item in of(person, Particular.DOCUMENT)] == ["35202"]
    remarks = {(item.detail["type"], item.text) for item in of(person, Particular.REMARK)}
    assert remarks >= {
        ("reference", "DMi.001"),
        ("list_type", "Demo"),
        ("listed_on", "2012-12-31"),
        ("designation", "Second keeper"),
        ("comments", "First line second line"),
        ("nationality", "Atlantis"),
    }


def test_every_sort_of_birth_date(tmp_path: Path) -> None:
    person = only(un(lists.un_list(tmp_path, lists.individual(1, "DMi.001"))))
    births = of(person, Particular.BIRTH)
    assert [(item.quality, item.date.show()) for item in births if item.date] == [
        ("EXACT", "1970-03-05"),
        ("EXACT", "1971"),
        ("APPROXIMATELY", "c. 1972"),
        ("BETWEEN", "1973–1975"),
    ]
    assert births[1].detail == {"note": "school papers"}


def test_entities_are_no_persons(tmp_path: Path) -> None:
    found = un(lists.un_list(tmp_path, lists.individual(1, "DMi.001")))
    assert [item for item in found if isinstance(item, Ignored)] == [
        Ignored("entity 1", "not-a-person")
    ]


def test_the_data_id_is_the_key_where_the_reference_stands_twice(tmp_path: Path) -> None:
    twice = lists.un_list(
        tmp_path,
        lists.individual(1, "DMi.001"),
        lists.individual(2, "DMi.001"),
        lists.individual(3, "DMi.003"),
        lists.individual(4, ""),
    )
    assert [item.key for item in un(twice) if isinstance(item, IncomingPerson)] == [
        "1",
        "2",
        "DMi.003",
        "4",
    ]


def test_an_impossible_date_refuses_one_individual_that_can_be_mended(tmp_path: Path) -> None:
    file = lists.un_list(
        tmp_path,
        lists.individual(1, "DMi.001", lists.IMPOSSIBLE),
        lists.individual(2, "DMi.002"),
    )
    bad, good, _ = un(file)
    assert isinstance(bad, Refused)
    assert isinstance(good, IncomingPerson)
    fields = {**bad.fields, "INDIVIDUAL_DATE_OF_BIRTH/DATE": "1970-02-28"}
    mended = reread("un-consolidated", fields, at=bad.at, today=TODAY)
    assert isinstance(mended, IncomingPerson)
    assert mended.key == "DMi.001"
    assert len(of(mended, Particular.ALIAS)) == 2


def test_another_xml_file_is_no_list(tmp_path: Path) -> None:
    file = tmp_path / "other.xml"
    file.write_text("<?xml version='1.0'?><catalogue/>")
    with pytest.raises(BadFile, match="catalogue"):
        un(file)


REMARKS = (
    "DOB 01 Jan 1960; alt. DOB circa 1961; POB Demoabad, Pakistan; nationality Pakistan; "
    "alt. citizen Afghanistan; Gender Male; Passport AB1234567 (Pakistan) expires 05 Mar 2010; "
    "alt. Passport CD7654321; National ID No. 35202-1234567-1 (Pakistan); "
    "Phone Number 923001234567; a.k.a. 'ZADU'; Linked To: DEMO TRADING."
)


def test_remarks_are_kept_whole_and_read_as_far_as_safe(tmp_path: Path) -> None:
    person = only(ofac(lists.sdn(tmp_path, lists.sdn_row(7, "TARINPUR, Gulzad", REMARKS))))
    assert (person.key, person.case.key, person.sex) == ("7", "OFAC-SDN", Sex.MALE)
    assert person.nationalities == ("PK", "AF")
    assert [item.text for item in of(person, Particular.NAME)] == ["TARINPUR, Gulzad"]
    births = of(person, Particular.BIRTH)
    assert [item.date.show() for item in births if item.date] == ["1960-01-01", "c. 1961"]
    assert [item.text for item in of(person, Particular.BIRTH_PLACE)] == ["Demoabad, Pakistan"]
    first, second = of(person, Particular.PASSPORT)
    assert (first.text, second.text) == ("AB1234567", "CD7654321")
    assert (first.detail["country"], first.detail["expires"]) == ("Pakistan", "05 Mar 2010")
    (identity,) = of(person, Particular.DOCUMENT)
    assert (identity.text, identity.detail["type"]) == ("35202-1234567-1", "National ID No.")
    assert [item.text for item in of(person, Particular.PHONE)] == ["923001234567"]
    assert [(item.text, item.quality) for item in of(person, Particular.ALIAS)] == [
        ("ZADU", "a.k.a. weak")
    ]
    assert REMARKS in [item.text for item in of(person, Particular.REMARK)]


def test_what_does_not_fit_its_form_stays_in_the_remarks(tmp_path: Path) -> None:
    remarks = "DOB 31 Feb 1960; nationality Atlantis; POB; Gender and Culture."
    person = only(ofac(lists.sdn(tmp_path, lists.sdn_row(7, "TARINPUR, Gulzad", remarks))))
    assert {item.kind for item in person.particulars} == {Particular.NAME, Particular.REMARK}
    assert person.sex is Sex.UNKNOWN


ROWS = (
    lists.sdn_row(3, "TARINPUR, Gulzad"),
    lists.sdn_row(5, "NAZKHEL, Sherdil"),
    lists.sdn_row(8, "DEMO TRADING", sort="-0- "),
)
ALIASES = ((2, "NOBODY"), (3, "ZADU"), (3, "ZAD"), (8, "DEMO LTD"), (9, "NOBODY ELSE"))


@pytest.mark.parametrize("turned", [False, True])
def test_aliases_are_joined_whether_or_not_the_numbers_rise(turned: bool, tmp_path: Path) -> None:
    step = -1 if turned else 1
    found = ofac(lists.sdn(tmp_path, *ROWS[::step]), lists.alt(tmp_path, *ALIASES))
    aliases = {
        item.key: [alias.text for alias in of(item, Particular.ALIAS)]
        for item in found
        if isinstance(item, IncomingPerson)
    }
    assert aliases == {"3": ["ZADU", "ZAD"], "5": []}
    ignored = [item for item in found if isinstance(item, Ignored)]
    assert sorted(item.at for item in ignored if not item.rows) == [
        "a.k.a. file, row 1",
        "a.k.a. file, row 5",
    ]
    assert [item.why for item in ignored if item.rows] == ["not-a-person"]


def test_the_mark_at_the_end_of_the_published_file(tmp_path: Path) -> None:
    found = ofac(lists.sdn(tmp_path, ROWS[0], "\x1a\r\n"))
    assert found[1] == Ignored("row 2", "end-mark")


def test_a_number_that_stands_twice_is_refused(tmp_path: Path) -> None:
    found = ofac(lists.sdn(tmp_path, ROWS[0], ROWS[0]))
    assert isinstance(found[0], IncomingPerson)
    assert isinstance(found[1], Refused)


def test_a_mended_entry_keeps_its_aliases(tmp_path: Path) -> None:
    found = ofac(lists.sdn(tmp_path, lists.sdn_row(3, "-0- ")), lists.alt(tmp_path, (3, "ZADU")))
    (bad,) = found
    assert isinstance(bad, Refused)
    mended = reread("ofac", {**bad.fields, "name": "TARINPUR, Gulzad"}, at=bad.at, today=TODAY)
    assert isinstance(mended, IncomingPerson)
    assert [item.text for item in of(mended, Particular.ALIAS)] == ["ZADU"]


@pytest.mark.parametrize("cut", ['3,"TARIN', "3,TARINPUR,individual\r\n", "name,type,remarks\r\n"])
def test_a_list_that_was_cut_or_is_another_is_refused_whole(cut: str, tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        read("ofac", lists.sdn(tmp_path, ROWS[0], cut), today=TODAY)


def test_a_damaged_companion_is_refused_before_the_first_record(tmp_path: Path) -> None:
    companion = tmp_path / "alt.csv"
    companion.write_text("3,1,aka,ZADU\n")
    with pytest.raises(BadFile, match=r"alt\.csv"):
        read("ofac", lists.sdn(tmp_path, *ROWS), companion=companion, today=TODAY)
