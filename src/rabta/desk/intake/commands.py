"""``rabta load``: bring a file in from the command line."""

import json
import sys
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("kind", type=click.Choice(["agency-return", "un-consolidated", "ofac"]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--agency", "code", required=True, help="Code of the agency whose records these are.")
@click.option("--create-agency", is_flag=True, help="Make the agency if it is not there.")
@click.option(
    "--aliases",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The a.k.a. file of an SDN list. Default: ofac_alt.csv or alt.csv beside the list.",
)
@click.option(
    "--map",
    "pairs",
    multiple=True,
    metavar="HEADING=FIELD",
    help="How a column is read, beside those that are known, or =WORD=FIELD for every row;"
    " HEADING= leaves a column out. May be given many times. Kept for the agency's next file.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Last line of output: the numbers as JSON.")
def load(
    kind: str,
    file: Path,
    code: str,
    create_agency: bool,
    aliases: Path | None,
    pairs: tuple[str, ...],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring FILE of a KIND in for an agency.

    Stopped or killed, the same command goes on where it ended. The same file again changes
    nothing. A row that cannot be taken is refused and kept with its reason.
    """
    from rabta.desk.accounts.commands import acting_user

    with acting_user("load") as actor:
        from rabta.desk.intake import services

        agency, unit = _agency(actor, code=code, kind=kind, create=create_agency, dry=dry_run)
        mapping = _mapping(pairs, agency=agency, kind=kind, file=file)
        companion = aliases or _beside(file) if kind == "ofac" else None
        if dry_run:
            seen = services.foresee(
                actor, agency=agency, kind=kind, file=file, companion=companion, mapping=mapping
            )
            for refusal in seen.refusals:
                click.echo(f"  {refusal.at}: {refusal.message} {refusal.remedy}", err=True)
            _say(seen.counts(), ignored=seen.ignored, report="", as_json=as_json, dry=True)
            return
        _load(
            actor, kind=kind, file=file, companion=companion, mapping=mapping, agency=agency,
            unit=unit, as_json=as_json, keep=bool(pairs),
        )  # fmt: skip


def _agency(actor: Any, *, code: str, kind: str, create: bool, dry: bool) -> Any:
    from rabta.desk.accounts.models import Agency
    from rabta.desk.intake import services

    if dry and create and not Agency.objects.filter(code__iexact=code).exists():
        # A dry run makes no agency either: an unsaved one has no records to compare with.
        return Agency(code=code, names={"en": code}), None
    return services.agency_for(actor, code=code, kind=kind, create=create)


def _load(
    actor: Any,
    *,
    kind: str,
    file: Path,
    companion: Path | None,
    mapping: dict[str, str] | None,
    agency: Any,
    unit: Any,
    as_json: bool,
    keep: bool,
) -> None:
    from rabta.desk.intake import reports, selectors, services
    from rabta.desk.wall import machines
    from rabta.desk.wall.session import acting

    begun = services.begin(
        actor, agency=agency, unit=unit, kind=kind, file=file, companion=companion, mapping=mapping
    )
    shown = sys.stderr.isatty()

    def progress(now: Any) -> None:
        if shown:
            done = now.loaded + now.unchanged + now.updated
            click.echo(f"\r  read {now.read:,} · applied {done:,} · refused {now.refused:,}  ",
                       nl=False, err=True)  # fmt: skip

    try:
        done = services.advance(
            actor, load=begun, file=file, companion=companion, progress=progress
        )
    except KeyboardInterrupt:
        click.echo("\nStopped. The same command goes on from here.", err=True)
        raise SystemExit(130) from None
    if keep and mapping:
        services.keep_mapping(actor, agency=agency, kind=kind, columns=mapping)
    if shown:
        click.echo("", err=True)
    # The machine writes it: whoever brought the file in may be one who reads no record.
    loader = machines.loader(agency=agency.pk, on_behalf_of=actor.user)
    with acting(loader, "report"):
        report = selectors.write_report(loader, done)
    for row in selectors.refused_rows(actor, done, most=20):
        click.echo(f"  {row.refusal.at}: {row.refusal.message} {row.refusal.remedy}", err=True)
    _say(reports.counts(done), ignored=done.ignored, report=str(report), as_json=as_json)


def _say(
    counts: dict[str, int], *, ignored: int, report: str, as_json: bool, dry: bool = False
) -> None:
    if as_json:
        click.echo(json.dumps({**counts, "report": report}))
        return
    would = "would be " if dry else ""
    click.echo(
        f"{counts['read']:,} read: {counts['loaded']:,} {would}loaded,"
        f" {counts['unchanged']:,} unchanged, {counts['updated']:,} {would}updated,"
        f" {counts['refused']:,} refused ({ignored:,} rows are no records)"
    )
    if report:
        click.echo(f"Report: {report}")


def _mapping(
    pairs: tuple[str, ...], *, agency: Any, kind: str, file: Path
) -> dict[str, str] | None:
    from rabta.desk.intake import selectors, services

    if kind != "agency-return":
        return None
    # From the right: a heading may hold the sign, and a constant ("=accused=role") begins with it.
    split = (pair.rpartition("=") for pair in pairs)
    said = {heading.strip(): target.strip() for heading, _, target in split}
    kept = selectors.kept_mapping(agency.pk, kind) if agency.pk else {}
    return services.mapping_of(file, said=said, kept=kept)


def _beside(file: Path) -> Path | None:
    for name in ("ofac_alt.csv", "alt.csv", "sdn_alt.csv", "ALT.CSV"):
        path = file.with_name(name)
        if path.exists():
            return path
    return None
