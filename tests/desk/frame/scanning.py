"""Reading templates for what must not stand in them: loose words, inline styles and scripts."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

BLOCK = re.compile(r"{%\s*blocktrans(?:late)?\b.*?%}.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment\b.*?%}.*?{%\s*endcomment\s*%}", re.S)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
READ_ALOUD = frozenset({"title", "placeholder", "alt", "aria-label", "aria-description", "label"})
NOT_WORDS = frozenset({"code", "kbd", "samp", "svg"})
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass
class Findings:
    """What was found: words outside of translation, and what the pages' policy refuses."""

    loose: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, findings: Findings):
        super().__init__(convert_charrefs=True)
        self.findings = findings
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        line = self.getpos()[0]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.findings.inline.append(f"line {line}: <{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on") or (value or "").startswith("javascript:"):
                self.findings.inline.append(f"line {line}: {name}=")
            if name in READ_ALOUD or (tag == "input" and name == "value" and _says(found)):
                self._read(value or "", line)
        if tag in NOT_WORDS:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not self.open:
            self._read(data, self.getpos()[0])

    def _read(self, text: str, line: int) -> None:
        if WORD.search(text):
            self.findings.loose.append(f"line {line}: {' '.join(text.split())[:60]}")


def _says(found: dict[str, str | None]) -> bool:
    return found.get("type") in {"submit", "button", "reset"}


def scan(template: str) -> Findings:
    """Find loose words and inline styles or scripts in the source of a template."""
    findings = Findings()
    blank = lambda hit: re.sub(r"[^\n]", " ", hit.group())  # noqa: E731 - keeps the line numbers
    plain = TAG.sub(_stand_in, BLOCK.sub(blank, COMMENT.sub(blank, template)))
    reader = _Reader(findings)
    reader.feed(plain)
    reader.close()
    return findings


def _stand_in(hit: re.Match[str]) -> str:
    """A digit for a tag, so that attributes keep a value; line breaks stay."""
    return "0" + "\n" * hit.group().count("\n")
