"""Addresses for the tests of routes: what a room would have, and one that forgot its needs."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from rabta.core.access.decisions import LOOK_UP, Actor, Purpose
from rabta.core.access.levels import Level
from rabta.core.errors import NotFound, Refused
from rabta.core.words.vocabulary import Duty
from rabta.desk.cases.models import Person
from rabta.desk.wall.door import write
from rabta.desk.wall.routes import anyone, duty, needs, record, signed_in
from rabta.desk.wall.scope import visible_to

handler404 = "rabta.desk.frame.views.not_found"
handler500 = "rabta.desk.frame.views.broken"


def person_by_id(actor: Actor, pk: int) -> Person:
    found = visible_to(Person, actor, at_least=Level.HIT).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


@needs(get=record(person_by_id, Level.PSEUDONYM), post=record(person_by_id, Level.FULL))
def person(request: HttpRequest, found: Person) -> HttpResponse:
    return HttpResponse(f"person {found.pk}")


@needs(post=signed_in())
def look_up(request: HttpRequest) -> HttpResponse:
    rows = visible_to(Person, request.actor, Purpose(LOOK_UP, 7), at_least=Level.HIT)
    return HttpResponse(f"{len(list(rows))} found")


@needs(get=duty(Duty.STEWARD))
def stewards(request: HttpRequest) -> HttpResponse:
    return HttpResponse("keys and bolts")


@needs(post=signed_in())
def undone(request: HttpRequest) -> HttpResponse:
    with write(request.actor, "test.undone") as door:
        door.note("person", [1], "was looked at")
        raise Refused(why="second-thoughts")


@needs(get=anyone())
def open_to_all(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


def forgot(request: HttpRequest) -> HttpResponse:
    return HttpResponse("everything there is")


urlpatterns = [
    path("person/<int:pk>", person),
    path("look-up", look_up),
    path("stewards", stewards),
    path("undone", undone),
    path("open", open_to_all),
    path("sign-in", open_to_all, name="sign-in"),
    path("forgot", forgot),
]
