"""``rabta find``: look a name or a number up from the command line."""

import json
from typing import TYPE_CHECKING, Any

import click

from rabta.core.errors import NotAllowedNow, RabtaError, gettext_noop

if TYPE_CHECKING:
    from rabta.core.access.decisions import Actor

NAMED = 5
"""Open cases that are named to whoever names none."""


@click.command()
@click.argument("text", required=False)
@click.option(
    "--for",
    "case",
    help="Number of your open case that this serves. Left out, your latest ones are named.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def find(text: str | None, case: str | None, as_json: bool) -> None:
    """Look TEXT up: a name in any script, a CNIC, phone, passport, plate or case number.

    Without TEXT it is asked for, or read from standard input: what is typed as an argument stands
    in the shell's history and in the machine's list of processes.
    """
    from rabta.desk.accounts.commands import acting_user

    if case is None:
        with acting_user("find") as actor:
            raise _no_case(actor)
    if text is None:
        text = click.prompt("Look up", prompt_suffix=": ", err=True)
    with acting_user("find") as actor:
        from rabta.desk.matching import look_up
        from rabta.desk.matching.look_up_json import as_dict

        serves = look_up.case_for(actor, case)
        answer = look_up.look_up(actor, text=text, case=serves)
    said = as_dict(answer)
    if as_json:
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    _print(said)


def _no_case(actor: "Actor") -> RabtaError:
    from rabta.desk.matching import look_up

    numbers = [case.number for case in look_up.open_cases(actor, most=NAMED)]
    latest = gettext_noop("Add --for NUMBER. The latest open cases of your units: {numbers}.")
    none = gettext_noop("Add --for NUMBER. Your units have no open case; name one you are in.")
    return NotAllowedNow(
        gettext_noop("A look-up serves an open case, and none is named."),
        remedy=latest if numbers else none,
        numbers=", ".join(numbers),
    )


def _print(said: dict[str, Any]) -> None:
    for person in said["people"]:
        cases = ", ".join(f"{case['number']} ({case['role']})" for case in person["cases"])
        who = person["name"] or person["pseudonym"]
        desk = person["desk"]
        born = f", born {person['birth_years']}" if person["birth_years"] else ""
        click.echo(f"{person['strength']:>8}  {who}{born} · {desk['agency']}, {desk['unit']}")
        if cases:
            click.echo(f"          {cases}")
    for case in said["cases"]:
        click.echo(f"    case  {case['number']} ({case['kind']})")
    for hit in said["desks"]:
        desk = hit["desk"]
        click.echo(
            f"{hit['strength']:>8}  {desk['agency']}, {desk['unit']} holds something:"
            f" ask {desk['phone'] or 'its desk'}"
        )
    if not (said["people"] or said["cases"] or said["desks"]):
        click.echo("Nothing that you may know of.")
    if said["more"]:
        click.echo("There is more: add a father's name, a year or a number.")
