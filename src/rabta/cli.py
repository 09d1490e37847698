"""The command line: thin. Each command finds who acts, calls a service, prints what it said."""

import os
import sys

import click

from rabta.core.errors import RabtaError


def start_django() -> None:
    """Load the desk. Done by the commands that need it, so that ``rabta --help`` is quick."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rabta.desk.project.settings")
    import django

    django.setup()


class Commands(click.Group):
    """A group whose commands end in a sentence, never in a traceback, when a user can mend it."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except RabtaError as error:
            click.echo(f"rabta: {error}\n       {error.help}", err=True)
            sys.exit(2)


@click.group(cls=Commands)
@click.version_option(package_name="rabta")
def main() -> None:
    """Rabta: agencies share, the people in their files stay protected."""


@main.command()
def migrate() -> None:
    """Make or upgrade the databases and the keys of this node."""
    from rabta.desk.project.node import migrate as run

    start_django()
    run()


if __name__ == "__main__":
    main()
