"""Several people at once, on a node of their own: real threads, real transactions."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.own_node

SCRIPT = """
import json, sys, threading
import django
django.setup()
from django.db import connections
from django.utils import timezone
from rabta.core.access.decisions import Actor
from rabta.core.errors import RabtaError
from rabta.desk.accounts import services
from rabta.desk.accounts.models import SignInState, User
from rabta.desk.wall.models import WriteEntry
from rabta.desk.wall.session import acting
import pyotp

made = services.make_node("first")
now = timezone.now()
start = threading.Barrier(4)
outcomes = []

def guess(number):
    start.wait()
    try:
        for _ in range(2):
            try:
                {attempt}
                outcomes.append("in")
            except RabtaError as error:
                outcomes.append(error.code)
    finally:
        connections.close_all()

threads = [threading.Thread(target=guess, args=(n,)) for n in range(4)]
[t.start() for t in threads]
[t.join() for t in threads]
state = SignInState.objects.get(user=made.user)
entries = [entry.said["event"] for entry in WriteEntry.objects.all()]
print(json.dumps({{
    "outcomes": outcomes,
    "failures": state.failures,
    "locked": state.locked_until is not None,
    "entries": {{event: entries.count(event) for event in set(entries)}},
}}))
"""


def crowd(node: dict[str, str], attempt: str) -> dict:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(attempt=attempt)],
        env=node,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_failures_of_several_at_once_are_all_counted_and_close_it_once(own_node: dict) -> None:
    found = crowd(own_node, 'services.first_factor(login="first", passphrase="wrong", now=now)')
    assert found["outcomes"] == ["sign-in-failed"] * 8
    assert (found["failures"], found["locked"]) == (5, True)
    assert found["entries"]["sign-in.failed"] == 8
    assert found["entries"]["sign-in.closed"] == 1


def test_a_code_that_comes_twice_at_once_lets_one_in(own_node: dict) -> None:
    code = "pyotp.TOTP(made.totp_secret).at(now)"
    found = crowd(own_node, f"services.second_factor(user=made.user, code={code}, now=now)")
    assert found["outcomes"].count("in") == 1


def test_a_printed_code_that_comes_twice_at_once_lets_one_in(own_node: dict) -> None:
    found = crowd(own_node, "services.second_factor(user=made.user, code=made.codes[0], now=now)")
    assert found["outcomes"].count("in") == 1
