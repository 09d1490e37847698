"""``rabta find``: look a name or a number up from the command line."""

import json
from typing import Any

import click


@click.command()
@click.argument("text", required=False)
@click.option("--for", "case", required=True, help="Number of your open case that this serves.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
def find(text: str | None, case: str, as_json: bool) -> None:
    """Look TEXT up: a name in any script, a CNIC, phone, passport, plate or case number.

    Without TEXT it is asked for, or read from standard input: what is typed as an argument stands
    in the shell's history and in the machine's list of processes.
    """
    from rabta.desk.accounts.commands import acting_user

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
