"""The stylesheet: reads both ways, can be read at all, and stays small."""

import json
import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted((ROOT / "web/styles").glob("*.css"))
BUILT = ROOT / "src/rabta/desk/frame/static/built"

SIDES = "left|right|top|bottom"
PHYSICAL = re.compile(
    rf"(?<![\w-])(?:(?:margin|padding|border|scroll-(?:margin|padding))-(?:{SIDES})(?:-\w+)?"
    rf"|(?:{SIDES}|width|height|(?:min|max)-(?:width|height))(?=\s*:)"
    rf"|border-(?:top|bottom)-(?:left|right)-radius"
    rf"|(?:text-align|float|clear|caption-side)\s*:\s*(?:{SIDES})(?![\w-]))"
)


def without_queries(css: str) -> str:
    """CSS without comments and without the conditions of @media, which know widths only."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"@media[^{]*", "@media", css)


@pytest.mark.parametrize(
    "wrong",
    [
        "a{margin-left:1px}",
        "a{ left : 0}",
        "a{width:1px}",
        "a{text-align:right}",
        "a{border-top:0}",
        "a{border-top-left-radius:0}",
        "a{;max-height:1px}",
    ],
)
def test_the_search_finds_physical_properties(wrong: str) -> None:
    assert PHYSICAL.search(without_queries(wrong))


@pytest.mark.parametrize(
    "right",
    [
        "a{margin-inline-start:1px;inline-size:2px;text-align:start}",
        "@media (max-width:60rem){a{inset-block-start:0}}",
        "a{border-block-end-width:1px;border-start-end-radius:0}",
        "a{line-height:1.5;vertical-align:bottom}",
    ],
)
def test_the_search_lets_logical_properties_be(right: str) -> None:
    assert not PHYSICAL.search(without_queries(right))


def test_styles_use_logical_properties_only() -> None:
    files = [*SOURCES, *BUILT.glob("*.css")]
    found = [
        f"{file.name}: {hit.group()}"
        for file in files
        for hit in PHYSICAL.finditer(without_queries(file.read_text(encoding="utf-8")))
    ]
    assert SOURCES
    assert not found


def tokens() -> dict[str, str]:
    css = (ROOT / "web/styles/tokens.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", css))


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


TEXT = [
    *product(("ink", "ink-soft", "accent", "accent-strong"), ("paper", "leaf", "shade")),
    *product(("ink", "accent", "ink-soft"), ("accent-soft",)),
    *product(("red", "amber", "green", "violet"), ("paper", "leaf")),
    *((name, f"{name}-soft") for name in ("red", "amber", "green", "violet")),
    *product(("ink", "accent"), ("red-soft", "amber-soft", "green-soft")),
    *product(("leaf",), ("accent", "accent-strong", "red")),
    ("paper", "ink"),
    ("ink", "line"),
]
DRAWN = [*product(("rule", "focus"), ("paper", "leaf", "shade", "accent-soft"))]


@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(front: str, back: str) -> None:
    assert contrast(tokens()[front], tokens()[back]) >= 4.5


@pytest.mark.parametrize(("front", "back"), DRAWN)
def test_edges_of_fields_and_the_focus_can_be_seen(front: str, back: str) -> None:
    assert contrast(tokens()[front], tokens()[back]) >= 3


def test_every_colour_is_a_token() -> None:
    loose = [
        f"{file.name}: {colour}"
        for file in SOURCES
        if file.name != "tokens.css"
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=\s*[;,)])", file.read_text("utf-8"))
    ]
    assert not loose


def built_entry() -> dict[str, object]:
    manifest = BUILT / "manifest.json"
    if not manifest.exists():
        pytest.skip("the styles are not built: npm ci && npm run build")
    return json.loads(manifest.read_text("utf-8"))["rabta.ts"]


def test_what_is_built_is_small_and_asks_nobody_else() -> None:
    entry = built_entry()
    files = [BUILT / str(entry["file"]), *(BUILT / name for name in entry["css"])]  # type: ignore[union-attr]
    assert sum(file.stat().st_size for file in files) < 40_000
    for file in files:
        text = file.read_text("utf-8")
        assert not re.search(r"https?://|url\(\s*[\"']?(?:data:|//)|@import", text)


def test_fonts_come_with_their_licence() -> None:
    built_entry()
    for font in ("noto-naskh-arabic", "noto-nastaliq-urdu"):
        assert list(BUILT.glob(f"{font}*.woff2"))
        assert "SIL Open Font License" in (BUILT / f"{font}-LICENSE.txt").read_text("utf-8")


def test_the_lock_names_no_host() -> None:
    lock = (ROOT / "package-lock.json").read_text("utf-8")
    assert '"integrity"' in lock
    assert "://" not in lock
