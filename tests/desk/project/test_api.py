"""The API lets in who is signed in, declares what it needs, and never repeats what was sent."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import set_urlconf
from tests.desk.cases.conftest import House
from tests.desk.project.programs import ask, bearer, described, differs, error_of, program
from tests.world import FOUNDER, World

from rabta.core.access.levels import Level
from rabta.core.errors import NodeNotReady
from rabta.core.words.vocabulary import CaseKind, Duty, Role
from rabta.desk.accounts import selectors, services
from rabta.desk.accounts.models import Token, User
from rabta.desk.project.api import api
from rabta.desk.wall.models import ReadEntry
from rabta.desk.wall.routes import refuse_undeclared, routes, undeclared
from rabta.desk.wall.session import acting

ADDRESSES = ("/api/v1/me", "/api/v1/cases", "/api/v1/openapi.json")
NAME = "Zarnaab Pilotwala"


@pytest.fixture
def house(world: World) -> House:
    return House(world)


def reads() -> list[dict]:
    return [entry.said for entry in ReadEntry.objects.order_by("seq")]


# --- what is declared


def test_every_address_of_the_api_declares_its_needs() -> None:
    assert undeclared() == []
    refuse_undeclared()
    marked = {at: set(view.wall_needs) for at, view in routes() if at.startswith("api/")}
    assert marked == {
        "api/v1/": {"GET", "HEAD"},
        "api/v1/openapi.json": {"GET", "HEAD"},
        "api/v1/me": {"GET"},
        "api/v1/cases": {"GET"},
        "api/v1/cases/<uuidstr:public_id>": {"GET"},
        "api/v1/look-up": {"POST"},
    }


class TestThrowaway:
    """What happens to an operation that forgot its needs."""

    @pytest.fixture(autouse=True)
    def addresses(self, settings):
        settings.ROOT_URLCONF = "tests.desk.project.throwaway"
        yield
        set_urlconf(None)

    def test_an_undeclared_operation_stops_the_node_before_it_starts(self) -> None:
        forgotten = ["api/v1/docs", "api/v1/forgot", "api/v1/half", "api/bare/", "api/bare/open"]
        # Ninja mounts an address once for each of its operations.
        assert sorted(set(undeclared())) == sorted(forgotten)
        with pytest.raises(NodeNotReady):
            refuse_undeclared()

    @pytest.mark.parametrize("address", ["v1/forgot", "v1/half", "v1/docs", "bare/", "bare/open"])
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_an_undeclared_operation_is_not_served(
        self, world: World, address: str, method: str
    ) -> None:
        caller = program(world, "circle_a")
        for one in (Client(), caller):
            answer = one.generic(method, f"/api/{address}")
            assert answer.status_code == 503
            assert b"hello" not in answer.content
            assert b"everything" not in answer.content

    def test_what_is_declared_is_served_beside_it(self, world: World) -> None:
        assert Client().get("/api/v1/open").json() == "hello"
        assert error_of(Client().get("/api/v1/stewards"))["code"] == "refused"
        assert program(world, "circle_a").get("/api/v1/stewards").status_code == 403
        assert program(world, "hq", Duty.STEWARD).get("/api/v1/stewards").status_code == 200

    def test_its_description_is_for_who_is_signed_in(self, world: World) -> None:
        assert Client().get("/api/v1/openapi.json").status_code == 401
        assert program(world, "circle_a").get("/api/v1/openapi.json").status_code == 200


# --- who is let in


@pytest.mark.parametrize("address", ADDRESSES)
def test_nobody_is_told_to_sign_in(address: str) -> None:
    answer = Client(enforce_csrf_checks=True).get(address)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert error_of(answer)["code"] == "refused"


def test_nobody_is_told_so_before_what_they_sent_is_read() -> None:
    answer = Client(enforce_csrf_checks=True).post(
        "/api/v1/look-up", "{not json", content_type="application/json"
    )
    assert answer.status_code == 401


def test_a_token_is_good_for_who_holds_it(world: World, today) -> None:
    user = world.user("p.erson")
    caller = program(world, "circle_a", Duty.ANALYST, user=user)
    answer = caller.get("/api/v1/me")
    assert answer.status_code == 200
    assert differs(answer.json(), described("/api/v1/me")) == []
    assert answer.json() == {
        "login": "p.erson",
        "name": user.name,
        "duty": "analyst",
        "agency": {"code": "federal", "name": "Federal"},
        "unit": {"code": "circle_a", "name": "circle_a"},
        "until": None,
    }
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def _unknown(world: World, user: User) -> str:
    return "x" * 43


def _ended(world: World, user: User) -> str:
    token = services.issue_token(user, selectors.postings_of(user)[0])
    services.end_token(token=token)
    return token


def _expired(world: World, user: User) -> str:
    return services.issue_token(user, selectors.postings_of(user)[0], minutes=-1)


def _of_an_ended_posting(world: World, user: User) -> str:
    posting = selectors.postings_of(user)[0]
    token = services.issue_token(user, posting)
    with acting(FOUNDER, "test"):
        services.end_posting(actor=FOUNDER, posting=posting, on=world.today)
    return token


def _of_a_closed_user(world: World, user: User) -> str:
    token = services.issue_token(user, selectors.postings_of(user)[0])
    with acting(FOUNDER, "test"):
        services.close_user(actor=FOUNDER, user=User.objects.get(pk=user.pk))
    return token


def _empty(world: World, user: User) -> str:
    return ""


@pytest.mark.parametrize(
    "dead", [_unknown, _ended, _expired, _of_an_ended_posting, _of_a_closed_user, _empty]
)
def test_a_token_that_opens_nothing_is_refused(
    world: World, dead: Callable[[World, User], str]
) -> None:
    user = world.user()
    world.post(user, "circle_a", Duty.INVESTIGATOR)
    other = world.user()
    world.post(other, "circle_a", Duty.INVESTIGATOR)
    token = dead(world, user)
    caller = bearer(token)
    for address in (*ADDRESSES, "/api/v1/", "/api/v1/nothing"):
        answer = caller.get(address)
        assert answer.status_code == 401
        assert token not in error_of(answer).values() or not token
    # Nor does anybody's cookie help it.
    caller.force_login(other)
    assert caller.get("/api/v1/me").status_code == 401


def test_a_token_goes_before_the_cookie_that_came_with_it(world: World) -> None:
    caller = program(world, "circle_a")
    other = world.user()
    world.post(other, "post", Duty.CLERK)
    caller.force_login(other)
    assert caller.get("/api/v1/me").json()["login"] == caller.user.login


def test_a_token_of_one_of_two_postings_acts_in_that_one(world: World) -> None:
    user = world.user()
    world.post(user, "circle_b", Duty.CLERK)
    caller = program(world, "post", Duty.HELP_DESK, user=user)
    posting = next(p for p in selectors.postings_of(user) if p.duty == Duty.CLERK)
    both = [caller, bearer(services.issue_token(user, posting))]
    assert {one.get("/api/v1/me").json()["duty"] for one in both} == {"clerk", "help_desk"}


def test_a_token_opens_no_page(world: World) -> None:
    caller = program(world, "circle_a")
    for page in ("/cases/", "/", "/look-up"):
        assert caller.get(page).status_code == 302


def test_a_token_is_only_what_calls_itself_one(world: World) -> None:
    token = services.issue_token(
        user := world.user(), world.post(user, "circle_a", Duty.INVESTIGATOR)
    )
    for said in (token, f"Token {token}", f"Basic {token}"):
        assert Client(headers={"authorization": said}).get("/api/v1/me").status_code == 401
    assert Client(headers={"authorization": f"bearer  {token} "}).get("/api/v1/me").status_code == (
        200
    )
    assert Client().get(f"/api/v1/me?token={token}").status_code == 401


def test_a_cookie_reads_and_writes_only_with_the_mark_of_our_pages(world: World) -> None:
    user = world.user()
    world.post(user, "circle_a", Duty.INVESTIGATOR)
    case = world.case("circle_a")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    assert browser.get("/api/v1/me").json()["login"] == user.login
    forged = ask(browser, NAME, case)
    assert forged.status_code == 403
    assert error_of(forged)["message"] == "This form is out of date."
    browser.get("/look-up")
    browser.defaults["HTTP_X_CSRFTOKEN"] = browser.cookies["csrftoken"].value
    assert ask(browser, NAME, case).status_code == 200


def test_signed_in_without_a_posting_one_is_only_oneself(world: World) -> None:
    user = world.user()
    browser = Client()
    browser.force_login(user)
    said = browser.get("/api/v1/me").json()
    assert (said["login"], said["duty"], said["unit"]) == (user.login, None, None)
    assert browser.get("/api/v1/cases").status_code == 403


# --- what goes wrong


def test_what_is_not_there_is_json_too(world: World) -> None:
    caller = program(world, "circle_a")
    missing = "00000000-0000-7000-8000-000000000000"
    for address in ("/api/v1/", "/api/v1/docs", "/api/v2/me", f"/api/v1/cases/{missing}"):
        answer = caller.get(address)
        assert answer.status_code == 404
        assert error_of(answer)["code"] == "not-found"


def test_another_method_is_not_allowed(world: World) -> None:
    caller = program(world, "circle_a")
    assert caller.get("/api/v1/look-up").status_code == 405
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert caller.generic(method, "/api/v1/cases").status_code == 405


BODIES = {
    "text that is too long": json.dumps({"text": NAME * 20, "case": "1/2020"}),
    "no text": json.dumps({"case": NAME}),
    "text of another kind": json.dumps({"text": {NAME: NAME}, "case": "1/2020"}),
    "a list": json.dumps([NAME]),
    "half of a surrogate pair": '{"text": "\\ud800 ' + NAME + '", "case": "1/2020"}',
    "not JSON": '{"text": "' + NAME,
    "not UTF-8": b'{"text": "' + NAME.encode("utf-16") + b'"}',
    "nested very deep": "[" * 100_000 + NAME,
    "nothing": "",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_what_was_sent_comes_back_neither_in_an_answer_nor_in_a_log(
    world: World, body: str | bytes, caplog: pytest.LogCaptureFixture
) -> None:
    world.case("circle_a")
    caller = program(world, "circle_a")
    with caplog.at_level(logging.DEBUG):
        answer = caller.post("/api/v1/look-up", body, content_type="application/json")
    assert answer.status_code == 400
    assert error_of(answer)["code"] == "bad-input"
    for said in (answer.content.decode(), caplog.text):
        assert "Zarnaab" not in said
        assert "Pilotwala" not in said


def test_it_is_said_which_field_is_wrong_and_how(world: World) -> None:
    caller = program(world, "circle_a")
    answer = caller.post("/api/v1/look-up", {"text": 7}, content_type="application/json")
    assert error_of(answer)["message"] == "Not as described: text (string_type), case (missing)."
    answer = caller.get(f"/api/v1/cases?before={NAME}&size=1000&status=gone")
    assert answer.status_code == 400
    assert error_of(answer)["message"] == (
        "Not as described: status (literal_error), before (uuid_parsing), size (less_than_equal)."
    )


def test_no_body_has_fields_of_the_senders_own() -> None:
    """A field is named in an error: were it one the sender made up, it could be a name."""
    parts = api.get_openapi_schema()["components"]["schemas"]
    assert not [name for name, part in parts.items() if "additionalProperties" in part]


def test_a_fault_of_ours_tells_a_number_and_nothing_else(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"cannot read {NAME}")

    monkeypatch.setattr("rabta.desk.cases.selectors.case_list", broken)
    caller = program(world, "circle_a")
    caller.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = caller.get("/api/v1/cases")
    assert answer.status_code == 500
    assert error_of(answer)["code"] == "error"
    assert answer.headers["X-Reference"] in caplog.text
    assert "Pilotwala" not in answer.content.decode() + caplog.text


def test_another_duty_is_refused_and_that_is_recorded(world: World) -> None:
    caller = program(world, "hq", Duty.STEWARD)
    answer = caller.get("/api/v1/cases")
    assert answer.status_code == 403
    said = reads()[-1]
    assert said["user"] == caller.user.pk
    assert said["subjects"]["refused"] == {"why": "duty", "action": "GET api/cases"}


# --- cases


def test_cases_come_a_page_at_a_time_the_latest_first(world: World) -> None:
    made = [world.case("circle_a", f"{number}/2020") for number in range(1, 6)]
    caller = program(world, "circle_a")
    first = caller.get("/api/v1/cases?size=2").json()
    assert differs(first, described("/api/v1/cases")) == []
    assert [case["number"] for case in first["cases"]] == ["5/2020", "4/2020"]
    assert (first["count"], first["newer"]) == (5, None)
    second = caller.get(f"/api/v1/cases?size=2&before={first['older']}").json()
    assert [case["number"] for case in second["cases"]] == ["3/2020", "2/2020"]
    last = caller.get(f"/api/v1/cases?size=2&before={second['older']}").json()
    assert [case["id"] for case in last["cases"]] == [str(made[0].public_id)]
    assert last["older"] is None
    back = caller.get(f"/api/v1/cases?size=2&after={last['newer']}").json()
    assert back["cases"] == second["cases"]


def test_cases_are_chosen_by_kind_and_state(world: World, today) -> None:
    world.case("circle_a", "1/2020", kind=CaseKind.TRAFFICKING)
    world.case("circle_a", "2/2020", closed_on=today - timedelta(days=3))
    world.case("circle_b", "3/2020")
    caller = program(world, "circle_a")

    def numbers(query: str) -> list[str]:
        found = caller.get(f"/api/v1/cases?{query}").json()
        return [case["number"] for case in found["cases"]]

    assert numbers("kind=trafficking") == ["1/2020"]
    assert numbers("status=closed") == ["2/2020"]
    assert numbers("own_units=true") == ["2/2020", "1/2020"]
    assert numbers("") == ["3/2020", "2/2020", "1/2020"]


def test_a_case_comes_whole_to_who_works_on_it(house: House) -> None:
    user, me = house.officer("circle_a")
    case = house.case(me)
    house.person(me, case, NAME, Role.VICTIM, father_name="Gulbar Pilotwala")
    caller = bearer(services.issue_token(user, selectors.postings_of(user)[0]))
    answer = caller.get(f"/api/v1/cases/{case.public_id}")
    said = answer.json()
    assert answer.status_code == 200
    assert differs(said, described("/api/v1/cases/{public_id}")) == []
    assert (said["number"], said["level"]) == (case.number, "full")
    (person,) = said["people"]
    assert (person["name"], person["roles"], person["level"]) == (NAME, ["victim"], "full")
    assert reads()[-1]["event"] == "GET api/cases"
    assert set(reads()[-1]["subjects"]) >= {"person", "case"}


def test_a_case_comes_as_far_as_its_owner_allows(house: House) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me)
    house.person(me, case, NAME, Role.ACCUSED)
    address = f"/api/v1/cases/{case.public_id}"
    caller = program(house.world, "post")
    hidden = caller.get(address)
    assert hidden.status_code == 404
    house.world.allow("federal", "railways", Level.PSEUDONYM)
    caller = program(house.world, "post")
    said = caller.get(address).json()
    assert differs(said, described("/api/v1/cases/{public_id}")) == []
    assert said["level"] == "pseudonym"
    assert (said["people"], said["station"], said["notes"], said["team"]) == ([], "", [], [])
    assert case.number not in caller.get(address).content.decode()
    assert case.number not in caller.get("/api/v1/cases").content.decode()


def test_a_sealed_case_is_nowhere(house: House) -> None:
    _, me = house.officer("circle_a")
    case = house.case(me, sealed=True)
    superior = program(house.world, "hq", Duty.SUPERVISOR)
    there = superior.get(f"/api/v1/cases/{case.public_id}")
    not_there = superior.get("/api/v1/cases/00000000-0000-7000-8000-000000000000")
    assert there.status_code == not_there.status_code == 404
    assert _unreferenced(there) == _unreferenced(not_there)
    assert superior.get("/api/v1/cases").json() == {
        "cases": [],
        "count": 0,
        "older": None,
        "newer": None,
    }


def _unreferenced(answer: object) -> str:
    return answer.content.decode().replace(answer.headers["X-Reference"], "")


def test_no_address_takes_a_name() -> None:
    """Addresses stand in logs of proxies: they take ids, numbers and words of closed lists."""
    for at, operations in api.get_openapi_schema()["paths"].items():
        for operation in operations.values():
            for one in operation["parameters"]:
                forms = one["schema"].get("anyOf", [one["schema"]])
                for form in forms:
                    closed = "$ref" in form or "enum" in form or form.get("format") == "uuid"
                    assert closed or form["type"] in {"boolean", "integer", "null"}, (at, one)


def test_what_is_kept_of_a_token_is_its_digest(world: World) -> None:
    user = world.user()
    token = services.issue_token(user, world.post(user, "circle_a", Duty.INVESTIGATOR))
    assert bearer(token).get("/api/v1/me").status_code == 200
    assert token not in str(list(Token.objects.values()))
    assert token not in str(reads())
