"""Every error a user can meet.

    RabtaError
    ├── Refused              the wall says no, and what would help
    │   ├── NotFound         nothing here that this actor may know of
    │   └── Unscoped         a programmer's mistake: a query without its scope (never a user's)
    ├── Conflict             somebody else changed the record first; both versions are shown
    ├── NotAllowedNow        the state of the record does not permit the step
    ├── BadInput             what was given cannot be used: what, where, what to do
    │   ├── BadFile          the file as a whole (nothing of it was loaded)
    │   └── BadValue         one value in one place (the row is refused and kept)
    ├── BrokenLedger         the ledger does not verify; names the entry
    └── NodeNotReady         the installation lacks something: a key, a migration, a setting

A class carries a stable ``code`` (it stands in logs, in the API and in the docs), a sentence
and a remedy as translatable templates, and the facts that fill them as keyword arguments.
Facts may quote what a user typed, so only the code is ever logged.
"""

from typing import Any, ClassVar


def gettext_noop(message: str) -> str:
    """Mark a message for translation where no translation may happen (core knows no language)."""
    return message


class RabtaError(Exception):
    """Root of all errors a user can meet: a stable code, a sentence, a remedy, its facts."""

    code: ClassVar[str] = "error"
    message: ClassVar[str] = gettext_noop("Something went wrong.")
    remedy: ClassVar[str] = gettext_noop("Try again; if it happens again, give the reference.")

    def __init__(self, message: str | None = None, *, remedy: str | None = None, **facts: Any):
        self.template = message if message is not None else type(self).message
        self.remedy_template = remedy if remedy is not None else type(self).remedy
        self.facts = facts
        super().__init__(self.template, facts)

    def __str__(self) -> str:
        """The sentence in English; the desk translates ``template`` and fills it likewise."""
        return fill(self.template, self.facts)

    @property
    def help(self) -> str:
        """What to do about it, in English."""
        return fill(self.remedy_template, self.facts)


def fill(template: str, facts: dict[str, Any]) -> str:
    """Put facts into a template; a fact that is missing shows as its name, never as a traceback."""
    return template.format_map(_Shown(facts))


class _Shown(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Refused(RabtaError):
    """The wall says no; ``why`` is the stable code of the rule that said it."""

    code = "refused"
    message = gettext_noop("You may not do this.")
    remedy = gettext_noop("Ask the desk that holds the record.")

    def __init__(
        self, message: str | None = None, *, why: str = "", remedy: str | None = None, **facts: Any
    ):
        self.why = why
        super().__init__(message, remedy=remedy, **facts)


class NotFound(Refused):
    """Nothing here that this actor may know of: the same words whether or not it exists."""

    code = "not-found"
    message = gettext_noop("There is nothing here that you can open.")
    remedy = gettext_noop("Check the address, or look the person up for a case of yours.")


class Unscoped(Refused):
    """A query reached a guarded table without a scope. Always a programmer's mistake."""

    code = "unscoped"
    message = gettext_noop("A query on {table} carries no scope.")
    remedy = gettext_noop("Begin with visible_to(actor, purpose); compose with Exists(…).")


class Conflict(RabtaError):
    """Somebody changed the record since it was read; ``theirs`` and ``yours`` are both kept."""

    code = "conflict"
    message = gettext_noop("Somebody else changed this record while you were working on it.")
    remedy = gettext_noop("Look at both versions and save the one that is right.")


class NotAllowedNow(RabtaError):
    """The state of the record does not permit the step."""

    code = "not-now"
    message = gettext_noop("This step is not possible now.")
    remedy = gettext_noop("Look at the state of the record.")


class BadInput(RabtaError):
    """What was given cannot be used."""

    code = "bad-input"
    message = gettext_noop("This cannot be used.")
    remedy = gettext_noop("Correct it and try again.")


class BadFile(BadInput):
    """The file as a whole cannot be read; nothing of it was loaded."""

    code = "bad-file"
    message = gettext_noop("The file cannot be read.")


class BadValue(BadInput):
    """One value in one place cannot be used; its row is refused and kept."""

    code = "bad-value"
    message = gettext_noop("{field}: “{value}” cannot be used.")


class BrokenLedger(RabtaError):
    """The ledger does not verify; ``chain`` and ``entry`` say where."""

    code = "broken-ledger"
    message = gettext_noop("The ledger “{chain}” does not verify at entry {entry}: {what}.")
    remedy = gettext_noop("Stop the node, keep it as it is, and tell the second body.")


class NodeNotReady(RabtaError):
    """The installation lacks something it needs."""

    code = "not-ready"
    message = gettext_noop("The node is not ready: {what}.")
    remedy = gettext_noop("Run “rabta migrate”, then look at the setting named here.")
