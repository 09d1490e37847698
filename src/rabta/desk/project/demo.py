"""The demo country in a node: agencies, people, records through the ordinary doors, links.

The sign-ins are made fresh for each node and kept in ``demo.json`` of its data folder, readable
by its owner alone: a passphrase that everybody knows would sooner or later stand on a real node.
"""

import json
import os
import secrets
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pyotp
from django.conf import settings
from django.utils import timezone

from rabta.core.access.levels import Level
from rabta.core.errors import NotAllowedNow, gettext_noop
from rabta.core.words.vocabulary import AgencyKind
from rabta.demo import build_country
from rabta.demo.world import DemoAgency, DemoOfficer, DemoRecord
from rabta.desk.accounts import selectors
from rabta.desk.accounts import services as accounts
from rabta.desk.accounts.models import Agency, Unit, User
from rabta.desk.accounts.rules import UnitKind
from rabta.desk.accounts.services.node import FOUNDER
from rabta.desk.cases.models import Case, TeamMember
from rabta.desk.cases.services import incoming, team
from rabta.desk.cases.services.people import Origin
from rabta.desk.wall import machines
from rabta.desk.wall.door import write
from rabta.desk.wall.scope import visible_to
from rabta.desk.wall.session import acting

BATCH = 100
TOKEN_LOGIN = "demo-supervisor"  # noqa: S105 - a login, not a secret
"""Whose token is printed for the command line: may load, link and look up."""
TOKEN_DAYS = 30
"""Longer than any sign-in of ``rabta login``: nobody of the demo country is a person."""

Say = Callable[[str], None]


def _file() -> Path:
    path: Path = settings.RABTA.data_dir / "demo.json"
    return path


def is_there() -> bool:
    """Whether this node has the demo country, whole."""
    return _file().exists()


def make(*, people: int, seed: int, links: bool, say: Say) -> None:
    """Make the country. Raises NotAllowedNow on a node that has people of its own."""
    if User.objects.exists():
        raise NotAllowedNow(
            gettext_noop("This node is not empty: the demo country needs one of its own."),
            remedy=gettext_noop("Set RABTA_DATA_DIR to another folder, run “rabta migrate” there."),
        )
    country = build_country(seed=seed, people=people)
    passphrase, secret = secrets.token_urlsafe(12), pyotp.random_base32()
    with acting(FOUNDER, "demo"):
        units = _agencies(country.agencies)
        users = _officers(country.people_of_the_desk, units, passphrase, secret)
        _allowances()
    say(f"{len(country.agencies)} agencies, {len(users)} people at their desks")
    count = _records(country.records(), units, users, say)
    with acting(FOUNDER, "demo"):
        _close(country.agencies, units)
    say(f"{count:,} records of {people:,} people")
    if links:
        _links(users[TOKEN_LOGIN], say)
    _keep(country.people_of_the_desk, users, passphrase, secret)


def _agencies(made_up: Iterable[DemoAgency]) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for one in made_up:
        agency = accounts.open_agency(
            actor=FOUNDER,
            code=one.code,
            names={"en": one.name, "ur": one.name_ur},
            kind=one.kind,
            country=one.country,
            opened=min(unit.opened for unit in one.units),
        )
        for number, unit in enumerate(one.units):
            units[unit.code] = accounts.open_unit(
                actor=FOUNDER,
                agency=agency,
                code=unit.code,
                names={"en": unit.name, "ur": unit.name_ur},
                kind=UnitKind(unit.kind),
                opened=unit.opened,
                parent=units.get(unit.parent),
                desk_phone=f"0399-00{agency.pk:02d}{number:03d}",
            )
    return units


def _officers(
    officers: Iterable[DemoOfficer], units: dict[str, Unit], passphrase: str, secret: str
) -> dict[str, User]:
    users = {}
    for one in officers:
        # One slow hash for all of them: it is one passphrase.
        made = accounts.open_user(
            actor=FOUNDER,
            login=one.login,
            name=one.display_name,
            passphrase=passphrase,
            totp_secret=secret,
        )
        accounts.post(
            actor=FOUNDER,
            user=made.user,
            unit=units[one.unit],
            duty=one.duty,
            valid_from=one.starts,
            valid_to=one.ends + timedelta(days=1) if one.ends else None,
        )
        users[one.login] = made.user
    return users


def _close(made_up: Iterable[DemoAgency], units: dict[str, Unit]) -> None:
    for agency in made_up:
        for unit in agency.units:
            if unit.closed:
                accounts.close_unit(
                    actor=FOUNDER,
                    unit=units[unit.code],
                    on=unit.closed + timedelta(days=1),
                    successor=units.get(unit.successor),
                )


def _allowances() -> None:
    """The federal agency opens the work on suspects to the Railways Police; no one else does."""
    federal = Agency.objects.get(kind=AgencyKind.FEDERAL_LE)
    railways = Agency.objects.get(kind=AgencyKind.RAILWAYS_POLICE)
    accounts.allow(
        actor=FOUNDER,
        agency=federal,
        recipient=railways,
        level=Level.OPERATIONAL,
        basis="Demo agreement between the two heads, 2024",
        valid_from=timezone.localdate() - timedelta(days=365),
    )


def _records(
    records: Iterable[DemoRecord], units: dict[str, Unit], users: dict[str, User], say: Say
) -> int:
    count, sealed = 0, {}
    waiting: dict[str, list[DemoRecord]] = {}
    # Case by case, so that no batch tears one apart.
    for _, together in groupby(records, key=lambda record: (record.unit, record.person.case.key)):
        for record in together:
            waiting.setdefault(record.unit, []).append(record)
            count += 1
            if record.sealed:
                sealed[record.unit, record.person.case.key] = record.team
            if count % 1000 == 0:
                say(f"{count:,} records")
        if len(waiting[record.unit]) >= BATCH:
            _write(units[record.unit], waiting.pop(record.unit))
    for unit, left in waiting.items():
        _write(units[unit], left)
    for (unit, key), logins in sealed.items():
        _seal(units[unit], key, [users[login] for login in logins])
    return count


def _write(unit: Unit, records: list[DemoRecord]) -> None:
    loader = machines.loader(agency=unit.agency_id)
    with acting(loader, "demo"), write(loader, "demo.made") as door:
        incoming.take_in(
            door,
            loader,
            rows=[record.person for record in records],
            unit=unit.pk,
            origin=Origin(agency=unit.agency_id, source_grade="B", information_grade="2"),
        )


def _seal(unit: Unit, key: str, members: list[User]) -> None:
    """Name the team and seal: the first of them owns the case."""
    loader = machines.loader(agency=unit.agency_id)
    with acting(loader, "demo"), write(loader, "demo.made") as door:
        case = visible_to(Case, loader, at_least=Level.FULL).get(
            agency_id=unit.agency_id, source_key=incoming.source_key(key)
        )
        for number, member in enumerate(members):
            door.create(TeamMember(case=case, user=member, lead=True, owner=number == 0))
    owner = selectors.actor_of(members[0], selectors.postings_of(members[0])[0])
    with acting(owner, "demo"):
        case = visible_to(Case, owner, at_least=Level.FULL).get(pk=case.pk)
        team.seal_case(actor=owner, case=case)


def _links(user: User, say: Say) -> None:
    from rabta.desk.matching import services as matching

    actor = selectors.actor_of(user, selectors.postings_of(user)[0])
    begun = time.monotonic()
    with acting(actor, "link"):
        run = matching.run_links(actor=actor)
    say(f"{run.proposed:,} links proposed in {time.monotonic() - begun:.0f} s")


def _keep(
    officers: Iterable[DemoOfficer], users: dict[str, User], passphrase: str, secret: str
) -> None:
    user = users[TOKEN_LOGIN]
    token = accounts.issue_token(user, selectors.postings_of(user)[0], minutes=60 * 24 * TOKEN_DAYS)
    said: dict[str, Any] = {
        "passphrase": passphrase,
        "totp_secret": secret,
        "token": token,
        "token_login": TOKEN_LOGIN,
        "people": [
            {"login": o.login, "name": o.display_name, "duty": str(o.duty), "unit": o.unit}
            for o in officers
            if o.ends is None
        ],
    }
    handle = os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(said, file, ensure_ascii=False, indent=1)


def kept() -> dict[str, Any]:
    """What was kept of the demo's sign-ins."""
    if not is_there():
        raise NotAllowedNow(
            gettext_noop("There is no demo country on this node."),
            remedy=gettext_noop("Make one on an empty node: rabta demo."),
        )
    return dict(json.loads(_file().read_text(encoding="utf-8")))


def second_factor() -> str:
    """The code of this moment; the demo's people share one authenticator."""
    return pyotp.TOTP(kept()["totp_secret"]).now()


def sign_ins() -> str:
    """One sign-in per duty, and the token of the command line, as text."""
    said = kept()
    lines = ["", "Sign in with any of these:", ""]
    lines += [f"  {one['login']:<28} {one['duty']:<13} {one['unit']}" for one in said["people"]]
    lines += [
        "",
        f"  passphrase     {said['passphrase']}",
        f"  second factor  {second_factor()}  (changes every 30 s; a new one: rabta demo --code)",
        f"  authenticator  {said['totp_secret']}",
        "",
        f"For the command line, as {said['token_login']}, for {TOKEN_DAYS} days:",
        "",
        f"  export RABTA_TOKEN={said['token']}",
        "",
    ]
    return "\n".join(lines)
