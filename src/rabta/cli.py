"""The command line: thin. Each room brings its commands; this puts them under one roof."""

import os
import sys
import traceback
from importlib import import_module

import click

from rabta.core.errors import RabtaError

COMMANDS = {
    "migrate": "rabta.desk.project.commands:migrate",
    "create-node": "rabta.desk.accounts.commands:create_node",
    "onboard": "rabta.desk.accounts.commands:onboard",
    "login": "rabta.desk.accounts.commands:login",
    "logout": "rabta.desk.accounts.commands:logout",
    "who": "rabta.desk.accounts.commands:who",
    "load": "rabta.desk.intake.commands:load",
    "link": "rabta.desk.matching.commands:link",
    "find": "rabta.desk.matching.look_up_commands:find",
    "audit": "rabta.desk.audit.commands:audit",
    "demo": "rabta.desk.project.commands:demo",
    "serve": "rabta.desk.project.commands:serve",
    "work": "rabta.desk.project.commands:work",
}
"""Every command and where it is. Imported when asked for, so that the roof is light."""


class Commands(click.Group):
    """Commands that end in a sentence, never in a traceback, when a user can mend it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except RabtaError as error:
            click.echo(f"rabta: {error}\n       {error.help}", err=True)
            sys.exit(2)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            # Where it happened, never what it said: a message may quote a row.
            click.echo(f"rabta: something went wrong ({type(error).__name__})", err=True)
            for frame in traceback.extract_tb(error.__traceback__)[-4:]:
                where = frame.filename.rsplit("/rabta/", 1)[-1]
                click.echo(f"       {where}:{frame.lineno} in {frame.name}", err=True)
            sys.exit(1)


@click.group(cls=Commands)
@click.version_option(package_name="rabta")
def main() -> None:
    """Rabta: agencies share, the people in their files stay protected."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rabta.desk.project.settings")
    # Whatever a command makes (database files, keys, reports) is readable by this account alone.
    os.umask(0o077)


if __name__ == "__main__":
    main()
