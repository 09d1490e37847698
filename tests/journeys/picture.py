"""Make the pictures of the README anew: ``python -m tests.journeys.picture``.

A node with the demo country is made in a temporary folder and thrown away. The pictures show a
look-up that finds a record of one's own agency and desks of others, in English and in Urdu.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.desk import Desk, Visitor, chromium, served
from tests.node import ROOT

HEARD = "Sohail Hawaldar"
"""Typed as heard; one's own agency wrote him in Urdu, with a slip, and another knows him too."""
FOLDER = ROOT / "docs" / "pictures"
SHOWN = {"width": 1760, "height": 1100}
"""Pixels of the page: the question and the whole answer. The picture is 1280 by 800 of them."""
SCALE = 1280 / 1760
MOST = 200_000
"""Bytes of a picture: they travel with every checkout."""


def main() -> None:
    """Take both pictures."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("RABTA_")}
    with tempfile.TemporaryDirectory(prefix="rabta-picture-") as folder:
        env = plain | {
            "RABTA_DATA_DIR": str(Path(folder) / "node"),
            "DJANGO_SETTINGS_MODULE": "rabta.desk.project.settings",
        }
        migrate = [sys.executable, "-m", "rabta.cli", "migrate"]
        subprocess.run(migrate, check=True, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
        with served(env) as desk:
            take(desk)


def take(desk: Desk) -> None:
    """Look the man up and take a picture in each language."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = chromium(playwright)
        officer = Visitor.at(
            desk, browser, "demo-supervisor", viewport=SHOWN, device_scale_factor=SCALE
        )
        officer.sign_in()
        officer.look_up(HEARD)
        _keep(officer, "desk-en")
        officer.page.get_by_role("button", name="اردو").click()
        box = officer.main.get_by_role("searchbox")
        box.fill(HEARD)
        officer.main.get_by_role("button").click()
        officer.main.locator("[data-results]").wait_for()
        _keep(officer, "desk-ur")
        officer.close()
        browser.close()


def _keep(officer: Visitor, name: str) -> None:
    page = officer.page
    page.evaluate("document.fonts.ready")
    for found in ("article", "tbody tr"):
        page.locator(f"[data-results] {found}").first.wait_for()
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, animations="disabled")
    if path.stat().st_size > MOST:
        raise RuntimeError(f"{path.name} is larger than {MOST} bytes")


if __name__ == "__main__":
    main()
