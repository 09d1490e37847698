"""Goes through the desk in every duty of the demo country, and says what was shown too much.

``python -m tests.desk.project.crawl`` in a node with the demo country prints, as JSON: ``told``,
what somebody was shown that is not open to them in full; ``met``, how often somebody was shown
what is; ``stored``, what stands in clear in a table; ``known``, some of the country's names and
numbers, of every script and kind, to search files for; and how much was looked through.
"""

import html
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator

import django

django.setup()

from django.apps import apps  # noqa: E402 - Django's models come after its setup
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from tests.world import LOADER  # noqa: E402

from rabta.core.access.decisions import Actor  # noqa: E402
from rabta.core.access.levels import Level  # noqa: E402
from rabta.core.words.vocabulary import Particular  # noqa: E402
from rabta.desk.accounts import selectors  # noqa: E402
from rabta.desk.accounts.models import User  # noqa: E402
from rabta.desk.cases.models import Case, ParticularRow, Person  # noqa: E402
from rabta.desk.matching.look_up import open_cases  # noqa: E402
from rabta.desk.wall import guard  # noqa: E402
from rabta.desk.wall.scope import visible_to  # noqa: E402
from rabta.desk.wall.session import acting  # noqa: E402

NAMES = frozenset({Particular.NAME, Particular.ALIAS, Particular.FATHER_NAME})
TELLING = NAMES | {
    Particular.CNIC, Particular.PASSPORT, Particular.DOCUMENT, Particular.PHONE,
    Particular.ACCOUNT, Particular.VEHICLE,
}  # fmt: skip
PAGES = 30
LOOK_UPS = 6
ADDRESSES = (
    "/", "/cases/", "/cases/new", "/links/", "/links/judgements", "/look-up", "/loads/",
    "/loads/new", "/review", "/searches", "/agencies", "/my/units", "/my/sign-ins", "/healthz",
    "/api/v1/cases", "/api/v1/openapi.json",
)  # fmt: skip
BROKEN: list[tuple[str, str, int]] = []
LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')


def texts(rows: object) -> dict[str, str]:
    """What rows say that tells of one person: text → kind."""
    found = {}
    for row in rows.filter(kind__in=TELLING):  # type: ignore[attr-defined]
        text = row.opened().text.strip()
        if row.kind not in NAMES or len(text.split()) > 1:
            found[text] = str(row.kind)
    return found


def everything() -> dict[str, str]:
    with acting(LOADER, "crawl"):
        return texts(visible_to(ParticularRow, LOADER, at_least=Level.FULL))


def open_to(actor: Actor) -> dict[str, str]:
    with acting(actor, "crawl"):
        return texts(visible_to(ParticularRow, actor, at_least=Level.FULL))


def ids() -> list[str]:
    """Addresses of records that may or may not be open to whoever guesses them."""
    with acting(LOADER, "crawl"):
        found = [
            f"/{room}/{row.public_id}{tail}"
            for model, room in ((Case, "cases"), (Person, "people"))
            for row in visible_to(model, LOADER, at_least=Level.FULL)
            for tail in ("", "/edit", "/history")
        ]
    return random.Random(1).sample(sorted(found), 24)


def bodies(actor: Actor, user: User, asked: list[str]) -> Iterator[tuple[str, str, str]]:
    """What somebody gets: the address, what they typed, the body."""
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    waiting, seen = [*ADDRESSES, *ids()], set()
    while waiting and len(seen) < PAGES + 36:
        address = waiting.pop(0)
        if address in seen or address.startswith(("/static", "/sign-out")):
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code >= 500:
            BROKEN.append((user.login, address, answer.status_code))
        if answer.streaming:
            continue
        body = answer.content.decode()
        yield address, "", body
        waiting += LINK.findall(html.unescape(body))
    with acting(actor, "crawl"):
        cases = open_cases(actor, most=1)
    case = str(cases[0].public_id) if cases else "1/2020"
    for text in asked:
        page = client.post("/look-up", {"q": text, "case": case})
        yield "/look-up", text, page.content.decode()
        said = client.post(
            "/api/v1/look-up", {"text": text, "case": case}, content_type="application/json"
        )
        yield "/api/v1/look-up", text, said.content.decode()


def shown_too_much(body: str, typed: str, mine: dict[str, str], all_of: dict[str, str]) -> set[str]:
    """What a body says of people that is not open to its reader."""
    text = html.unescape(body)
    if body.startswith(("{", "[")):
        text = json.dumps(json.loads(body), ensure_ascii=False)
    # A name of one's own may hold another's: what is one's own, or was typed, is taken out first.
    for own in sorted({*mine, typed} - {""}, key=len, reverse=True):
        text = text.replace(own, "\0")
    return {name for name in all_of.keys() - mine.keys() if name in text}


def in_clear(known: set[str]) -> set[tuple[str, str]]:
    """Tables of both databases that hold one of the texts, however it is written there."""
    found, held = set(), "\n".join(known)
    pattern = re.compile("|".join(re.escape(text) for text in sorted(known, key=len, reverse=True)))
    assert held
    with guard.system("test"):
        for name in ("default", "reads"):
            connection = connections[name]
            with connection.cursor() as cursor:
                for table in sorted(connection.introspection.table_names(cursor)):
                    cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                    for row in cursor.fetchall():
                        for value in row:
                            if pattern.search(readable(value)):
                                found.add((table, pattern.search(readable(value)).group()))  # type: ignore[union-attr]
    return found


def readable(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def main() -> None:
    known = everything()
    by_kind: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for text, kind in sorted(known.items()):
        by_kind[kind, text.isascii()].append(text)
    draw = random.Random(2)
    some = [text for group in by_kind.values() for text in draw.sample(group, min(8, len(group)))]
    told, looked, duties, opened, met = [], 0, set(), 0, 0
    for user in User.objects.exclude(postings=None).order_by("login"):
        (posting, *_) = selectors.postings_of(user) or (None,)
        if posting is None:
            continue
        actor = selectors.actor_of(user, posting)
        mine = open_to(actor)
        duties.add(str(posting.duty))
        opened += len(mine)
        for address, typed, body in bodies(actor, user, draw.sample(some, LOOK_UPS)):
            looked += len(body)
            met += len(shown_too_much(body, typed, {}, mine))
            told += [
                (user.login, address, typed, text)
                for text in shown_too_much(body, typed, mine, known)
            ]
    said = {
        "told": told,
        "broken": BROKEN,
        "stored": sorted(in_clear(set(known))),
        "known": some,
        "texts": len(known),
        "opened": opened,
        "met": met,
        "looked": looked,
        "duties": sorted(duties),
        "tables": len(apps.get_models()),
    }
    sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
