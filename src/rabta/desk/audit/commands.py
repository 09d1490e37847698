"""``rabta audit``: verify the ledger, print its heads, take a second body's signature.

Import-safe: nothing of the desk is loaded before it is needed. Verifying and printing need no
sign-in: whoever can read the node's files can do either by other means, and it must be possible
when nobody can sign in.
"""

import json
from pathlib import Path

import click


def _start() -> None:
    import django

    django.setup()


@click.group()
def audit() -> None:
    """Verify the ledger and have its head countersigned."""


@audit.command()
@click.option(
    "--against",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A countersigned head that the second body kept; may be given many times.",
)
@click.option("--json", "as_json", is_flag=True, help="Last line of output: the result as JSON.")
def verify(against: tuple[Path, ...], as_json: bool) -> None:
    """Verify both chains: finds any entry edited, removed, put in, moved, or cut off."""
    _start()
    from rabta.desk.audit import second, services

    brought = [second.read(path.read_text(encoding="utf-8")) for path in against]
    done = services.verify(against=brought)
    for chain in done:
        click.echo(
            f"{chain.chain}: {chain.entries} entries, verified;"
            f" {chain.witnesses} heads noted outside agree; ends in {chain.digest[:16]}"
        )
    if as_json:
        click.echo(json.dumps({c.chain: {"entries": c.entries, "head": c.digest} for c in done}))


@audit.command()
def head() -> None:
    """Print the signed heads, a line of JSON each: for the second body to sign and to keep."""
    _start()
    from dataclasses import asdict

    from rabta.desk.audit import services, verifying

    for chain in services.CHAINS:
        found = verifying.head_of(chain)
        if found is not None:
            click.echo(json.dumps(asdict(found)))


@audit.command("public-key")
def public_key() -> None:
    """Print the public key that this node's heads are signed with (PEM)."""
    _start()
    from rabta.desk.audit import second

    click.echo(second.own_public_key(), nl=False)


@audit.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def countersign(file: Path) -> None:
    """Record a second body's signature of a head.

    FILE is JSON: chain, seq and digest as printed by “rabta audit head”, body (its name: its
    public key is keys/second-NAME.pub), signature (Ed25519, hexadecimal, over the words
    “rabta ledger CHAIN SEQ DIGEST”).
    """
    from rabta.desk.accounts.commands import acting_user

    with acting_user("audit countersign") as actor:
        from rabta.desk.audit import second, services

        made = second.read(file.read_text(encoding="utf-8"))
        services.countersign(actor, made=made)
    click.echo(f"{made.chain} {made.seq}: countersigned by {made.body}.")
