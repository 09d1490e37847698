"""``rabta link`` and ``rabta find`` from the command line."""

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result
from tests.desk.matching.records import CNIC, NAME, Records, open_pairs, pair

from rabta.cli import main
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.models import User


@pytest.fixture
def rabta(records: Records, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command as somebody in a duty at headquarters."""

    def run(duty: Duty, *arguments: str, command: str = "link", typed: str = "") -> Result:
        user = User.objects.get(pk=records.judge("hq", duty).user)
        token = services.issue_token(user, selectors.postings_of(user)[0])
        monkeypatch.setenv("RABTA_TOKEN", token)
        return CliRunner().invoke(main, [command, *arguments], input=typed)

    return run


def test_it_says_what_it_did(records: Records, rabta) -> None:
    one, other = records.person("circle_a", cnic=CNIC), records.person("post", cnic=CNIC)
    said = json.loads(rabta(Duty.LIAISON, "--json").stdout.strip().splitlines()[-1])
    assert (said["people"], said["proposed"], said["added"]) == (2, 1, 1)
    assert open_pairs() == {pair(one, other)}
    again = rabta(Duty.SUPERVISOR)
    assert again.exit_code == 0
    assert "links proposed" in again.stdout


def test_a_duty_that_may_not_gets_a_sentence(records: Records, rabta) -> None:
    refused = rabta(Duty.CLERK)
    assert refused.exit_code == 2
    assert "Your duty does not make links." in refused.stderr


def test_without_a_case_it_names_the_latest_open_ones(records: Records, rabta) -> None:
    none = rabta(Duty.SUPERVISOR, NAME, command="find")
    assert none.exit_code == 2
    assert "Your units have no open case" in none.stderr
    numbers = [records.case("circle_a").number for _ in range(6)]
    said = rabta(Duty.SUPERVISOR, NAME, command="find")
    assert said.exit_code == 2
    assert "A look-up serves an open case, and none is named." in said.stderr
    assert ", ".join(numbers[:0:-1]) in said.stderr
    assert numbers[0] not in said.stderr


@pytest.mark.parametrize(("arguments", "typed"), [((NAME,), ""), ((), f"{NAME}\n")])
def test_a_name_is_an_argument_or_is_asked_for(
    records: Records, rabta, arguments: tuple[str, ...], typed: str
) -> None:
    case = records.case("circle_a")
    records.person("circle_a", NAME, case=case)
    words = (*arguments, "--for", str(case.public_id), "--json")
    found = rabta(Duty.SUPERVISOR, *words, command="find", typed=typed)
    assert found.exit_code == 0, found.stderr
    said = json.loads(found.stdout.strip().splitlines()[-1])
    assert [person["name"] for person in said["people"]] == [NAME]
