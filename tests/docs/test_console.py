"""What the documents tell a reader to type exists: commands, options, targets of make."""

import re
import shlex
from collections.abc import Iterator

import click
import pytest
from tests.docs.reading import PAGES, commands, name_of, prose, text_of

from rabta.cli import main

NAMES = [name_of(page) for page in PAGES]
INLINE = re.compile(r"`rabta ([^`]+)`")


def resolve(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that words name, and the words left over."""
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found is not None, f"there is no command {words[0]}"
        command, words = found, words[1:]
    return command, words


def unknown_options(command: click.Command, words: list[str]) -> Iterator[str]:
    known = {"--help"}
    for parameter in command.params:
        known |= {*parameter.opts, *parameter.secondary_opts}
    if command is main:
        known.add("--version")
    yield from (word for word in words if word.startswith("--") and word not in known)


@pytest.mark.parametrize("name", NAMES)
def test_commands_in_fences_are_real(name):
    for line in commands(text_of(name)):
        words = shlex.split(line.replace("…", "x"))
        words = words[next((i for i, word in enumerate(words) if "=" not in word), 0) :]
        if words[0].rpartition("/")[2] == "rabta":
            command, left = resolve(words[1:])
            assert list(unknown_options(command, left)) == [], line
            given = [word for word in left if not word.startswith("--")]
            for parameter in command.params:
                if isinstance(parameter, click.Option) and parameter.required:
                    assert set(parameter.opts) & set(left), f"{line}: needs {parameter.opts}"
                elif isinstance(parameter, click.Argument) and parameter.required:
                    assert given, f"{line}: needs {parameter.name}"
                if isinstance(parameter.type, click.Choice):
                    assert set(parameter.type.choices) & set(given), line


@pytest.mark.parametrize("name", NAMES)
def test_commands_in_sentences_are_real(name):
    for said in INLINE.findall(prose(text_of(name))):
        command, left = resolve(said.split())
        assert list(unknown_options(command, left)) == [], said


@pytest.mark.parametrize("name", NAMES)
def test_targets_of_make_are_real(name):
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.MULTILINE))
    text = text_of(name)
    said = re.findall(r"`make ([a-z-]+)`", prose(text))
    said += [line.split()[1] for line in commands(text) if line.startswith("make ")]
    assert set(said) <= targets
