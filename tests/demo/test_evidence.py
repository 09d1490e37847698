"""The truth can be found: every two records of a person share something a reader can see."""

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from itertools import combinations

from rabta.core.words.incoming import IncomingPerson
from rabta.core.words.vocabulary import Particular, Role
from rabta.demo import DemoPerson, DemoRecord

TO_WESTERN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")
SHARED = {Particular.CNIC, Particular.PASSPORT, Particular.DOCUMENT, Particular.ACCOUNT}


def digits(text: str) -> str:
    return re.sub(r"\D", "", text.translate(TO_WESTERN))


def cnics(record: DemoRecord) -> list[str]:
    return [
        digits(given.text) for given in record.person.particulars if given.kind is Particular.CNIC
    ]


def phones(record: DemoRecord) -> list[str]:
    return [
        digits(given.text)[-10:]
        for given in record.person.particulars
        if given.kind is Particular.PHONE
    ]


def names_the_person(record: DemoRecord, person: DemoPerson) -> bool:
    """Whether a name in the record is near a spelling of the person's given name."""
    given = next(part for part in person.name if part.slot == "given")
    for written in record.person.particulars:
        if written.kind is not Particular.NAME:
            continue
        text = written.text.casefold().replace(" ", "")
        for spelling in (given.urdu, *given.latin):
            wanted = spelling.casefold().replace(" ", "")
            pieces = SequenceMatcher(None, wanted, text, autojunk=False).get_matching_blocks()
            if sum(piece.size for piece in pieces) >= 0.6 * len(wanted):
                return True
    return False


def births_are_near(one: IncomingPerson, other: IncomingPerson, *, years: int) -> bool:
    first, second = (
        next(given.date for given in person.particulars if given.kind is Particular.BIRTH)
        for person in (one, other)
    )
    assert first is not None
    assert second is not None
    gap = max(first.earliest, second.earliest) - min(first.latest, second.latest)
    return gap.days <= years * 366


def test_every_two_records_of_a_person_agree_in_name_and_age(
    records: list[DemoRecord], people: dict[int, DemoPerson]
) -> None:
    of: dict[int, list[DemoRecord]] = defaultdict(list)
    for record in records:
        of[record.truth].append(record)
    pairs = 0
    for truth, held in of.items():
        for one, other in combinations(held, 2):
            pairs += 1
            assert names_the_person(one, people[truth]), one
            assert names_the_person(other, people[truth]), other
            assert births_are_near(one.person, other.person, years=6)
    assert pairs > 300


def test_spellings_differ_between_records_of_a_person(records: list[DemoRecord]) -> None:
    names: dict[int, list[str]] = defaultdict(list)
    for record in records:
        names[record.truth].append(
            next(g.text for g in record.person.particulars if g.kind is Particular.NAME)
        )
    several = [texts for texts in names.values() if len(texts) > 1]
    assert sum(len(set(texts)) > 1 for texts in several) / len(several) > 0.7
    assert any(
        len({texts[0].isascii(), other.isascii()}) == 2 for texts in several for other in texts[1:]
    )


def test_no_two_people_share_a_number_that_is_theirs(
    records: list[DemoRecord], people: dict[int, DemoPerson]
) -> None:
    for kind in ("cnic", "passport", "document", "phone"):
        held = [value for person in people.values() if (value := getattr(person, kind))]
        assert len(set(held)) == len(held) > 100
    holder: dict[tuple[Particular, str], int] = {}
    for record in records:
        for given in record.person.particulars:
            if given.kind in SHARED:
                value = digits(given.text) if given.kind is Particular.CNIC else given.text
                assert holder.setdefault((given.kind, value), record.truth) == record.truth


def test_numbers_can_be_nobodys(records: list[DemoRecord], people: dict[int, DemoPerson]) -> None:
    for person in people.values():
        assert not person.cnic or re.fullmatch(r"0\d{12}", person.cnic)
        assert not person.passport or re.fullmatch(r"ZZ\d{7}", person.passport)
        assert not person.phone or re.fullmatch(r"0399\d{7}", person.phone)
        if person.cnic:
            assert sum(map(int, person.cnic)) % 10 == 0
    for record in records:
        assert all(value.startswith("0") for value in cnics(record))
        assert all(value.startswith("399") for value in phones(record))
        for given in record.person.particulars:
            if given.kind in (Particular.VEHICLE, Particular.DOCUMENT):
                assert given.text.startswith("DEMO")
            if given.kind is Particular.ACCOUNT:
                assert re.match(r"PK\d\dDEMO", given.text)


def test_some_cnics_are_copied_wrongly(
    records: list[DemoRecord], people: dict[int, DemoPerson]
) -> None:
    written = [(value, people[record.truth].cnic) for record in records for value in cnics(record)]
    wrong = [value for value, true in written if value != true]
    assert 0.02 < len(wrong) / len(written) < 0.2
    assert {len(value) for value in wrong} == {12, 13}


def test_networks_share_phones(records: list[DemoRecord]) -> None:
    holders: dict[str, set[int]] = defaultdict(set)
    for record in records:
        for phone in phones(record):
            holders[phone].add(record.truth)
    assert max(map(len, holders.values())) >= 4


def test_there_are_namesakes_and_brothers(people: dict[int, DemoPerson]) -> None:
    names = Counter(person.full_name for person in people.values())
    assert names["Muhammad Khan"] >= 8
    fathers: dict[object, list[DemoPerson]] = defaultdict(list)
    for person in people.values():
        fathers[person.father, person.home].append(person)
    brothers = [kin for kin in fathers.values() if len(kin) > 1]
    assert len(brothers) > 10
    assert any(len({person.name for person in kin}) > 1 for kin in brothers)


def test_a_network_plays_all_its_parts(records: list[DemoRecord]) -> None:
    said = {record.person.note for record in records if record.person.role is not Role.VICTIM}
    for part in ("recruiter", "transporter", "document forger", "hawala", "safe-house keeper"):
        assert part in said
