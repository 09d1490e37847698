"""``rabta link``: propose which records speak of one person."""

import json
import sys
from typing import Any

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Last line of output: the numbers as JSON.")
def link(as_json: bool) -> None:
    """Propose links between the records of all agencies, to be judged by people.

    Stopped or killed, run it again: nothing is there twice, and no judgement is lost.
    """
    from rabta.desk.accounts.commands import acting_user

    with acting_user("link") as actor:
        from rabta.desk.matching import selectors, services

        shown = sys.stderr.isatty()

        def progress(stage: str, done: float) -> None:
            if shown:
                click.echo(f"\r  {done:4.0%}  {stage:<20}", nl=False, err=True)

        try:
            run = services.run_links(actor, progress=progress)
        except KeyboardInterrupt:
            click.echo("\nStopped. What was written stays; run it again.", err=True)
            raise SystemExit(130) from None
        if shown:
            click.echo("", err=True)
        _say(selectors.run_line(run), as_json=as_json)


COMMANDS: tuple[click.Command, ...] = (link,)
"""What ``rabta.cli`` adds to its group."""

NUMBERS = ("people", "compared", "proposed", "added", "changed", "withdrawn", "unreached")


def _say(run: Any, *, as_json: bool) -> None:
    if as_json:
        said = {name: getattr(run, name) for name in NUMBERS}
        click.echo(json.dumps({**said, "skipped": list(run.skipped), "notes": list(run.notes)}))
        return
    for name, words in (
        ("people", "people that may be matched"),
        ("compared", "pairs weighed"),
        ("proposed", "links proposed"),
        ("added", "  new"),
        ("changed", "  otherwise than before"),
        ("withdrawn", "no longer proposed"),
        ("unreached", "people who share nothing with anybody"),
    ):
        click.echo(f"{getattr(run, name):>12,}  {words}")
    for each in run.skipped:
        click.echo(
            f"  not compared by {each['rule']}: {each['pairs']:,} pairs"
            f" ({each['blocks']:,} keys that {each['records']:,} records share)"
        )
