"""Bring docs/do/commands.md up to date: ``python -m tests.docs.commands``.

Under each heading `## rabta …` stand a few words of ours and then the command's own help, as it
prints it. The words stay; the help is made anew; a command without a heading gets one.
"""

import re
from collections.abc import Iterator

import click
from tests.docs.reading import ROOT

from rabta.cli import main

FILE = ROOT / "docs" / "do" / "commands.md"
WIDTH = 80


def every(
    command: click.Command = main, context: click.Context | None = None, path: str = "rabta"
) -> Iterator[tuple[str, str]]:
    """Each command with its help, in the order in which it is shown."""
    context = click.Context(
        command, info_name=path.rpartition(" ")[2], parent=context, terminal_width=WIDTH
    )
    yield path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from every(found, context, f"{path} {name}")


def sections(text: str) -> tuple[str, dict[str, str]]:
    """What stands before the first command, and what stands under each."""
    first, *rest = re.split(r"^## `(rabta[^`]*)`\n", text, flags=re.MULTILINE)
    return first, dict(zip(rest[::2], rest[1::2], strict=True))


def words_of(section: str) -> str:
    """Our own words of a section, without the help."""
    return section.partition("```text\n")[0].strip()


def help_of(section: str) -> str:
    """The help that stands in a section."""
    return section.partition("```text\n")[2].partition("\n```")[0]


def page(text: str) -> str:
    """The page with the help of today."""
    first, known = sections(text)
    parts = [first.strip(), ""]
    for path, said in every():
        parts += [f"## `{path}`", ""]
        if words := words_of(known.get(path, "")):
            parts += [words, ""]
        parts += ["```text", said.rstrip(), "```", ""]
    return "\n".join(parts)


if __name__ == "__main__":
    FILE.write_text(page(FILE.read_text(encoding="utf-8")), encoding="utf-8")
