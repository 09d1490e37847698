"""Programs that call the API, and a check of an answer against what OpenAPI says of it."""

import json
from typing import Any

from django.test import Client
from tests.world import World

from rabta.core.words.vocabulary import Duty
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.models import User
from rabta.desk.project.api import api


def bearer(token: str, **more: Any) -> Client:
    """A program with a token. It has no cookie, and the guard against forged forms is on."""
    return Client(enforce_csrf_checks=True, headers={"authorization": f"Bearer {token}"}, **more)


def program(
    world: World, unit: str, duty: Duty = Duty.INVESTIGATOR, *, user: User | None = None
) -> Client:
    """A program of somebody who holds one posting."""
    user = user or world.user()
    posting = world.post(user, unit, duty)
    caller = bearer(services.issue_token(user, posting))
    caller.user, caller.actor = user, selectors.actor_of(user, posting)
    return caller


def ask(caller: Client, text: Any, case: Any) -> Any:
    """Look a text up; ``case`` is a record, or what is sent for one."""
    said = str(getattr(case, "public_id", case))
    return caller.post(
        "/api/v1/look-up", {"text": text, "case": said}, content_type="application/json"
    )


def error_of(answer: Any) -> dict[str, str]:
    """The error in an answer, which has the four fields and nothing beside them."""
    said = json.loads(answer.content)
    assert list(said) == ["error"]
    assert list(said["error"]) == ["code", "message", "remedy", "reference"]
    assert said["error"]["reference"] == answer.headers["X-Reference"]
    return said["error"]


def described(path: str, method: str = "get") -> dict[str, Any]:
    """What OpenAPI says of the answer of an operation."""
    operation = api.get_openapi_schema()["paths"][path][method]
    return operation["responses"][200]["content"]["application/json"]["schema"]


def differs(said: Any, schema: dict[str, Any], at: str = "answer") -> list[str]:
    """Where an answer is not what its schema says: fields, kinds of value, closed lists."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return differs(said, api.get_openapi_schema()["components"]["schemas"][name], at)
    if "anyOf" in schema:
        found = [differs(said, one, at) for one in schema["anyOf"]]
        return [] if [] in found else found[0]
    kinds = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}
    kind = kinds.get(schema["type"], type(None))
    if not isinstance(said, kind):
        return [f"{at} is no {schema['type']}"]
    if kind is dict:
        here, there = set(said), set(schema["properties"])
        wrong = [f"{at}.{name} is in one alone" for name in sorted(here ^ there)]
        for name in here & there:
            wrong += differs(said[name], schema["properties"][name], f"{at}.{name}")
        return wrong
    if kind is list:
        return [w for i, one in enumerate(said) for w in differs(one, schema["items"], f"{at}{i}")]
    if "enum" in schema and said not in schema["enum"]:
        return [f"{at} is none of {schema['enum']}"]
    return []
