"""The command line of this room. Import-safe: nothing of the desk is loaded before it is needed.

A sign-in of the command line is a token in a file that only its owner can read
(``$XDG_STATE_HOME/rabta/token``), or in ``RABTA_TOKEN``. There is no acting as somebody else.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rabta.core.errors import BadFile, NotAllowedNow, Refused, gettext_noop

if TYPE_CHECKING:
    from rabta.core.access.decisions import Actor
    from rabta.desk.accounts.models import Posting, User


def _start() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rabta.desk.project.settings")
    import django

    django.setup()


def token_file() -> Path:
    """Where the token of this account's sign-in lies."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "rabta" / "token"


def kept_token() -> str:
    """The token of ``RABTA_TOKEN`` or of the file; raises Refused where there is none."""
    token = os.environ.get("RABTA_TOKEN", "").strip()
    if not token and token_file().is_file():
        token = token_file().read_text(encoding="ascii").strip()
    if not token:
        raise Refused(
            gettext_noop("Nobody is signed in to the command line."),
            why="sign-in",
            remedy=gettext_noop("Sign in with “rabta login”."),
        )
    return token


@contextmanager
def acting_user(action: str = "command") -> Iterator["Actor"]:
    """Act as whoever is signed in to the command line, for one command.

    Raises Refused where nobody is, where the sign-in has ended, or the posting with it.
    """
    _start()
    from rabta.desk.accounts import selectors
    from rabta.desk.wall.session import acting

    actor = selectors.actor_by_token(kept_token())
    with acting(actor, action):
        yield actor


@click.command()
@click.option("--login", "name", prompt=True, help="Your login.")
@click.option(
    "--minutes",
    type=click.IntRange(1, 720),
    default=480,
    show_default=True,
    help="How long the sign-in lasts.",
)
def login(name: str, minutes: int) -> None:
    """Sign in to the command line, with passphrase and second factor."""
    _start()
    from django.utils import timezone

    from rabta.desk.accounts import services

    passphrase = click.prompt("Passphrase", hide_input=True)
    user = services.first_factor(login=name, passphrase=passphrase, now=timezone.now())
    if user.totp_sealed is None:
        raise NotAllowedNow(
            gettext_noop("This sign-in has no second factor yet."),
            remedy=gettext_noop("Sign in through a browser once and set it up."),
        )
    code = click.prompt("Code of the second factor, or a printed code", hide_input=True)
    services.second_factor(user=user, code=code, now=timezone.now())
    if user.passphrase_once:
        user = _own_passphrase(user, passphrase)
    posting = _choose_posting(user)
    token = services.issue_token(user, posting, minutes=minutes)
    _write_token(token)
    services.finish_sign_in(user=user)
    click.echo(f"Signed in as {user.name}, {posting.duty}, {posting.unit}.")


@click.command()
def logout() -> None:
    """End the sign-in of the command line."""
    _start()
    from rabta.desk.accounts import services

    services.end_token(token=kept_token())
    token_file().unlink(missing_ok=True)
    click.echo("Signed out.")


@click.command()
def who() -> None:
    """Say who is signed in to the command line, in which duty, where."""
    with acting_user("who") as actor:
        from rabta.desk.accounts import selectors
        from rabta.desk.accounts.models import User

        user = User.objects.get(pk=actor.user)
        posting = next(p for p in selectors.postings_of(user) if p.pk == actor.posting)
        click.echo(f"{user.name} ({user.login}), {posting.duty}, {posting.unit}")


@click.command("create-node")
@click.option("--steward", required=True, help="The login of the first steward.")
@click.option("--name", default="", help="The steward's name.")
def create_node(steward: str, name: str) -> None:
    """Make the first steward of a new node; prints their sign-in, this once."""
    _start()
    from rabta.desk.accounts import services

    made = services.make_node(steward, name=name)
    click.echo("The node has its first steward. This is shown only once:\n")
    click.echo(f"  Login                {made.user.login}")
    click.echo(f"  One-time passphrase  {made.passphrase}")
    click.echo(f"  Second factor        {made.totp_secret}")
    click.echo("  Printed codes        " + "\n                       ".join(made.codes))
    click.echo("\nType the second factor into an app for codes. Each printed code works once.")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask before it is done.")
def onboard(file: Path, yes: bool) -> None:
    """Take an agency aboard, with its units and people, from a TOML file."""
    with acting_user("onboard") as actor:
        from django.utils import timezone

        from rabta.core.errors import fill
        from rabta.desk.accounts import services
        from rabta.desk.accounts.plans import plan_from_toml

        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise BadFile(
                gettext_noop("The file is not UTF-8."),
                remedy=gettext_noop("Save it as UTF-8 and try again."),
            ) from None
        plan = plan_from_toml(text, today=timezone.localdate())
        found = services.problems_of(plan)
        for problem in found:
            said = fill(problem.message, dict(problem.facts))
            click.echo(f"{problem.part}, line {problem.line}: {said}", err=True)
        if found:
            raise NotAllowedNow(
                gettext_noop("The plan has {problems} problem(s); nothing was opened."),
                remedy=gettext_noop("Correct the file and try again."),
                problems=len(found),
            )
        click.echo(
            f"{plan.names['en']} ({plan.code}): {len(plan.units)} units, {len(plan.people)} people"
        )
        if not yes:
            click.confirm("Open all of it?", abort=True)
        done = services.onboard(actor=actor, plan=plan)
        click.echo("Done. The one-time passphrases are shown only now:\n")
        for made in done.people:
            click.echo(f"  {made.user.login:<24} {made.passphrase}  {made.user.name}")


COMMANDS: tuple[click.Command, ...] = (login, logout, who, create_node, onboard)
"""What ``rabta.cli`` adds to its group."""


def _own_passphrase(user: "User", once: str) -> "User":
    from rabta.core.access.decisions import Actor
    from rabta.desk.accounts import services
    from rabta.desk.wall.session import acting

    click.echo("This was a one-time passphrase. Choose your own, of at least 12 characters.")
    chosen = click.prompt("New passphrase", hide_input=True, confirmation_prompt=True)
    if chosen == once:
        raise NotAllowedNow(
            gettext_noop("This is the one-time passphrase."),
            remedy=gettext_noop("Sign in again and choose your own."),
        )
    actor = Actor(user=user.pk, duty=None)
    with acting(actor, "login"):
        return services.set_passphrase(actor=actor, user=user, passphrase=chosen)


def _choose_posting(user: "User") -> "Posting":
    from rabta.desk.accounts import selectors

    held = selectors.postings_of(user)
    if not held:
        raise NotAllowedNow(
            gettext_noop("You hold no posting today."),
            remedy=gettext_noop("Ask the steward of your node to enter it."),
        )
    if len(held) == 1:
        return held[0]
    for number, posting in enumerate(held, start=1):
        click.echo(f"  {number}  {posting.duty}, {posting.unit}")
    chosen = click.prompt("In which duty", type=click.IntRange(1, len(held)), default=1)
    return held[chosen - 1]


def _write_token(token: str) -> None:
    path = token_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(token)
