"""Where the built styles and islands are: vite notes their names in ``built/manifest.json``."""

import json
import logging
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

ENTRY = "rabta.ts"
log = logging.getLogger("rabta")


@dataclass(frozen=True, slots=True)
class Built:
    """Addresses of the stylesheet and the islands; empty where nothing was built."""

    css: str = ""
    js: str = ""


@cache
def built() -> Built:
    """Read the names once a process. Without a build pages work, plainly drawn."""
    found = finders.find("built/manifest.json")
    if not found:
        log.warning("the styles are not built: run “npm ci && npm run build”")
        return Built()
    entry = json.loads(Path(found).read_text(encoding="utf-8"))[ENTRY]
    return Built(
        css="".join(static(f"built/{name}") for name in entry.get("css", ())[:1]),
        js=static(f"built/{entry['file']}"),
    )
