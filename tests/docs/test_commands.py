"""Every command is documented, with the help it prints."""

from tests.docs import commands


def test_every_command_has_its_section_and_no_other_has():
    _, known = commands.sections(commands.FILE.read_text(encoding="utf-8"))
    assert list(known) == [path for path, _ in commands.every()]


def test_the_help_is_that_of_today():
    _, known = commands.sections(commands.FILE.read_text(encoding="utf-8"))
    stale = [
        path
        for path, said in commands.every()
        if commands.help_of(known.get(path, "")) != said.rstrip()
    ]
    assert stale == [], "python -m tests.docs.commands"


def test_every_command_says_what_it_does_and_what_its_options_do():
    silent = []
    for path, said in commands.every():
        summary = said.split("\n\n")[1].strip()
        silent += [] if summary.endswith(".") or ". " in summary else [path]
    assert silent == []
