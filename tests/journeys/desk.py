"""A served desk with the demo country, a browser, and people who sign in at it."""

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Response

from tests.node import ROOT

PEOPLE = 120
"""True people of the country: enough for links, few enough to be made in seconds."""
STEP = 30
PATIENCE_MS = 15_000


@dataclass(slots=True)
class Desk:
    """A desk that is served: its address, and what the demo country says of its sign-ins."""

    url: str
    passphrase: str
    totp: pyotp.TOTP
    people: dict[str, dict[str, str]]
    used: dict[str, int] = field(default_factory=dict)

    def code_for(self, login: str) -> str:
        """A code that this person has not used: a time step is good once, the next is allowed."""
        while True:
            now = int(time.time()) // STEP
            step = max(now, self.used.get(login, 0) + 1)
            if step <= now + 1:
                self.used[login] = step
                return str(self.totp.generate_otp(step))
            time.sleep(1)


@contextmanager
def served(env: dict[str, str]) -> Iterator[Desk]:
    """Fill a migrated node with the demo country, serve it with its worker, end both."""
    fill = [sys.executable, "-m", "rabta.cli", "demo", "--people", str(PEOPLE)]
    subprocess.run(fill, check=True, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    said = json.loads((Path(env["RABTA_DATA_DIR"]) / "demo.json").read_text(encoding="utf-8"))
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "rabta.cli", "serve", "--port", str(port)],
        env=env,
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _await(url, server)
        yield Desk(
            url=url,
            passphrase=said["passphrase"],
            totp=pyotp.TOTP(said["totp_secret"], interval=STEP),
            people={one["login"]: one for one in said["people"]},
        )
    finally:
        # The server ends its worker itself when it is told to stop.
        server.terminate()
        try:
            server.wait(timeout=40)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await(url: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"rabta serve ended with {server.returncode} before it answered")
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("rabta serve does not answer")


def chromium(playwright: Playwright) -> Browser:
    """Debian's Chromium. Absent, the journeys fail: that nobody walked them must be seen."""
    path = shutil.which("chromium")
    if path is None:
        raise RuntimeError("chromium is not there: install Debian's chromium package (.ci/run)")
    return playwright.chromium.launch(
        executable_path=path,
        args=[
            "--no-sandbox",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--disable-quic",
        ],
    )


@dataclass(slots=True)
class Visitor:
    """Somebody at a browser of their own, and everything the desk sent to it."""

    desk: Desk
    login: str
    context: BrowserContext
    page: Page
    answers: list[Response] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @classmethod
    def at(cls, desk: Desk, browser: Browser, login: str, **options: Any) -> "Visitor":
        """Open a browser for somebody; ``options`` are those of a browser context."""
        context = browser.new_context(base_url=desk.url, **options)
        context.set_default_timeout(PATIENCE_MS)
        made = cls(desk, login, context, context.new_page())
        made.page.on("response", lambda answer: made.answers.append(answer))
        made.page.on("pageerror", lambda error: made.faults.append(str(error)))
        made.page.on("console", lambda said: made._heard(said.type, said.text))
        return made

    def _heard(self, kind: str, text: str) -> None:
        # A page that refuses is an answer; a script or a style that was refused is a fault.
        if kind == "error" and not re.search(r"status of 4\d\d", text):
            self.faults.append(text)

    def sign_in(self) -> Page:
        """Sign in by the form, as anybody does."""
        self.page.goto("/sign-in")
        self.page.get_by_label("Login").fill(self.login)
        self.page.get_by_label("Passphrase").fill(self.desk.passphrase)
        self.page.get_by_role("button", name="Continue").click()
        self.page.get_by_label("Code").fill(self.desk.code_for(self.login))
        self.main.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("heading", level=1, name="Good day").wait_for()
        return self.page

    @property
    def main(self) -> Any:
        """The page without its frame."""
        return self.page.locator("main")

    def room(self, name: str) -> None:
        """Go to a room by its link in the frame."""
        self.page.get_by_role("navigation", name="Rooms").get_by_role(
            "link", name=name, exact=True
        ).click()

    def look_up(self, text: str) -> None:
        """Ask, for the first open case of one's own."""
        self.room("Look up")
        self.main.get_by_role("searchbox").fill(text)
        serves = self.main.get_by_role("combobox")
        if not serves.input_value():
            serves.select_option(index=1)
        self.main.get_by_role("button", name="Look up").click()
        self.main.locator("[data-results]").wait_for()

    def read(self) -> str:
        """The source of the page as it was sent; to be asked for at every page, kept for later."""
        self.page.wait_for_load_state()
        sent = [one for one in self.answers if one.request.is_navigation_request()]
        self.sources.append(sent[-1].text())
        return self.sources[-1]

    def close(self) -> None:
        """Shut the browser and say what went wrong in it."""
        broken = [f"{one.status} {one.url}" for one in self.answers if one.status >= 500]
        self.context.close()
        assert not broken + self.faults
