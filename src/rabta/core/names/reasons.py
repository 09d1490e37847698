"""The sentences that explain a comparison, in words an officer understands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from rabta.core.errors import fill, gettext_noop

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "empty": gettext_noop("One of the names is missing or says that it is unknown."),
        "unreadable": gettext_noop("“{name}” is in a script that cannot be read here yet."),
        "too-short": gettext_noop("“{name}” is too short to compare."),
        "same": gettext_noop("“{left}” and “{right}” are the same name."),
        "alike": gettext_noop("“{left}” sounds much like “{right}”."),
        "near": gettext_noop("“{left}” sounds somewhat like “{right}”."),
        "initial": gettext_noop("“{left}” and “{right}” begin alike; one is only an initial."),
        "joined": gettext_noop("“{left}” and “{right}” are one name, written apart or together."),
        "common": gettext_noop("“{left}” is a very common name and says little."),
        "only-left": gettext_noop("“{name}” stands only in the first name."),
        "only-right": gettext_noop("“{name}” stands only in the second name."),
        "instead": gettext_noop("The first name has “{left}” where the second has “{right}”."),
        "as-one": gettext_noop("Written as one word the two names are alike."),
        "alias": gettext_noop("“{left}” and “{right}” were compared; one of them is an alias."),
        "father-same": gettext_noop("The father's or husband's names agree: “{left}”, “{right}”."),
        "father-differs": gettext_noop(
            "The father's or husband's names differ: “{left}”, “{right}”."
        ),
    }
)
"""Code → sentence. Codes are stable; sentences are translated where they are shown."""

_MIRROR: Final = {"only-left": "only-right", "only-right": "only-left"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against: a stable code and the facts of its sentence."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def template(self) -> str:
        """The sentence to translate, with {named} facts."""
        return SENTENCES[self.code]

    def __str__(self) -> str:
        """The sentence in English."""
        return fill(self.template, dict(self.facts))

    def mirrored(self) -> "Reason":
        """The same reason with the two names exchanged."""
        facts = dict(self.facts)
        if "left" in facts and "right" in facts:
            facts["left"], facts["right"] = facts["right"], facts["left"]
        return Reason(_MIRROR.get(self.code, self.code), facts)
