"""Commands of the node as a whole: make it, fill it with the demo country, serve it, work."""

import os
import signal
import subprocess
import sys
import time

import click


def _start() -> None:
    import django

    django.setup()


@click.command()
def migrate() -> None:
    """Make or upgrade the databases and the keys of this node. Safe to run again."""
    from rabta.desk.project.config import Config

    # Before Django reads its settings: only this command connects as the tables' owner.
    os.environ["RABTA_AS_MIGRATOR"] = "1"
    Config.read(os.environ).data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    _start()
    from rabta.desk.project.node import migrate as run

    run()


@click.command()
@click.option("--people", default=2000, show_default=True, help="True people of the country.")
@click.option("--seed", default=2018, show_default=True, help="Another seed, another country.")
@click.option("--links/--no-links", default=True, help="Propose links when the country is there.")
@click.option("--code", is_flag=True, help="Only print the second factor of this moment.")
def demo(people: int, seed: int, links: bool, code: bool) -> None:
    """Fill an empty node with a synthetic country, and print one sign-in per duty."""
    _start()
    from rabta.desk.project import demo as country

    if code:
        click.echo(country.second_factor())
        return
    if not country.is_there():
        country.make(people=people, seed=seed, links=links, say=lambda text: click.echo(text))
    click.echo(country.sign_ins())


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--threads", default=8, show_default=True, help="Requests answered at once.")
@click.option("--work/--no-work", "with_work", default=True, help="Run what is due beside it.")
def serve(host: str, port: int, threads: int, with_work: bool) -> None:
    """Serve the desk, and run what is due (loads, expiry) in a process of its own."""
    from rabta.desk.project.serving import run, taken

    if taken(host, port):
        click.echo(f"rabta: port {port} is taken: another server runs there already.", err=True)
        raise SystemExit(2)
    worker = subprocess.Popen([sys.executable, "-m", "rabta.cli", "work"]) if with_work else None
    try:
        click.echo(f"Rabta is at http://{host}:{port}/", err=True)
        run(host=host, port=port, threads=threads)
    finally:
        if worker is not None:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=30)


@click.command()
@click.option("--once", is_flag=True, help="Run what is due now, then end.")
@click.option("--every", default=1.0, show_default=True, help="Seconds between looks.")
def work(once: bool, every: float) -> None:
    """Run what is due: loads that wait, rows that expired, owners to be told of searches."""
    _start()
    from rabta.desk.project.working import run_due

    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    while not stopping:
        run_due()
        if once:
            return
        time.sleep(every)
