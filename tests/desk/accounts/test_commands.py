import stat
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from tests.desk.accounts.conftest import FOUNDER, PASSPHRASE, Clock

from rabta.core.errors import NotAllowedNow, RabtaError, Refused
from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import commands, services
from rabta.desk.accounts.models import Agency, Posting, User
from rabta.desk.wall.session import acting


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("RABTA_TOKEN", raising=False)
    return tmp_path


def run(command: click.Command, *args: str, typed: str = "") -> Result:
    result = CliRunner().invoke(command, args, input=typed)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def signed_in(clock: Clock) -> Result:
    clock.move(seconds=60)
    return run(commands.login, "--login", "officer", typed=f"{PASSPHRASE}\n{clock.code()}\n")


def test_signing_in_keeps_a_token_that_only_its_owner_reads(
    officer: User, clock: Clock, state: Path
) -> None:
    answer = signed_in(clock)
    assert "Signed in as Officer Namewala" in answer.output
    assert PASSPHRASE not in answer.output
    file = state / "rabta" / "token"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "investigator, circle_a" in run(commands.who).output
    with commands.acting_user("test") as actor:
        assert (actor.user, actor.duty) == (officer.pk, Duty.INVESTIGATOR)
    run(commands.logout)
    assert not file.exists()
    with pytest.raises(Refused):
        run(commands.who)


def test_a_token_in_the_environment_goes_first(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = services.issue_token(officer, Posting.objects.get(user=officer))
    monkeypatch.setenv("RABTA_TOKEN", token)
    assert "officer" in run(commands.who).output
    monkeypatch.setenv("RABTA_TOKEN", "made up")
    with pytest.raises(Refused):
        run(commands.who)


def test_both_factors_are_asked_for(officer: User, clock: Clock, state: Path) -> None:
    for passphrase, code in (("wrong", clock.code()), (PASSPHRASE, "000000")):
        with pytest.raises(Refused):
            run(commands.login, "--login", "officer", typed=f"{passphrase}\n{code}\n")
    assert not (state / "rabta" / "token").exists()


def test_with_several_postings_one_is_chosen(world: object, officer: User, clock: Clock) -> None:
    world.post(officer, "hq", Duty.SUPERVISOR)
    clock.move(seconds=60)
    typed = f"{PASSPHRASE}\n{clock.code()}\n2\n"
    answer = run(commands.login, "--login", "officer", typed=typed)
    duties = {"investigator", "supervisor"}
    (chosen,) = [d for d in duties if f", {d}, " in answer.output.splitlines()[-1]]
    assert chosen in run(commands.who).output


def test_a_new_node_is_made_and_its_steward_takes_an_agency_aboard(
    db: None, clock: Clock, tmp_path: Path
) -> None:
    made = run(commands.create_node, "--steward", "first").output
    assert run(commands.create_node, "--help").exit_code == 0
    with pytest.raises(NotAllowedNow):
        run(commands.create_node, "--steward", "second")
    said = dict(line.split(maxsplit=2)[1:] for line in made.splitlines() if "Second" in line)
    secret = said["factor"]
    once = next(line.split()[-1] for line in made.splitlines() if "One-time" in line)
    typed = f"{once}\n{clock.code(0, secret)}\n{PASSPHRASE}\n{PASSPHRASE}\n"
    assert "Signed in" in run(commands.login, "--login", "first", typed=typed).output

    file = tmp_path / "agency.toml"
    file.write_text(
        '[agency]\ncode="TST"\nkind="ngo"\nnames="Test body"\n'
        '[[unit]]\ncode="T-1"\nkind="desk"\nnames="Desk"\n'
        '[[person]]\nlogin="t.one"\nname="T. One"\nunit="T-1"\nduty="case_worker"\n',
        encoding="utf-8",
    )
    assert run(commands.onboard, str(file), typed="n\n").exit_code == 1
    assert not Agency.objects.filter(code="TST").exists()
    done = run(commands.onboard, str(file), "--yes").output
    user = User.objects.get(login="t.one")
    line = next(line for line in done.splitlines() if line.strip().startswith("t.one"))
    assert user.check_password(line.split()[1])
    with pytest.raises(NotAllowedNow):
        run(commands.onboard, str(file), "--yes")


def test_only_a_steward_takes_an_agency_aboard(officer: User, clock: Clock, tmp_path: Path) -> None:
    signed_in(clock)
    file = tmp_path / "agency.toml"
    file.write_text('[agency]\ncode="TST"\nkind="ngo"\nnames="T"\n')
    with pytest.raises(Refused):
        run(commands.onboard, str(file), "--yes")
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(RabtaError):
        run(commands.onboard, str(file), "--yes")


def test_without_a_posting_there_is_nothing_to_sign_in_to(world: object, clock: Clock) -> None:
    from tests.desk.accounts.conftest import TOTP

    with acting(FOUNDER, "test"):
        services.open_user(
            actor=FOUNDER, login="officer", name="O", passphrase=PASSPHRASE, totp_secret=TOTP
        )
    with pytest.raises(NotAllowedNow):
        signed_in(clock)
