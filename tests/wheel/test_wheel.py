"""The wheel holds what a node needs, and a node comes up from it with nothing else there."""

import json
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen
from zipfile import ZipFile

import pytest
from tests.wheel.conftest import run

pytestmark = pytest.mark.wheel

BUILT = "rabta/desk/frame/static/built"
URDU = "سائن اِن"


def test_the_wheel_holds_every_file_of_the_package(checkout: Path, names: set[str]) -> None:
    src = checkout / "src"
    there = {
        file.relative_to(src).as_posix()
        for file in (src / "rabta").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert there == {name for name in names if not name.partition("/")[0].endswith(".dist-info")}


@pytest.mark.parametrize(
    "name",
    [
        "rabta/py.typed",
        "rabta/core/words/data/countries.csv",
        "rabta/core/words/data/SOURCES.toml",
        "rabta/engines/linkage/weights.json",
        "rabta/demo/parts/units.csv",
        "rabta/demo/parts/notes.toml",
        "rabta/locale/ur/LC_MESSAGES/django.mo",
        "rabta/desk/frame/templates/frame/base.html",
        "rabta/desk/cases/templates/cases/case.html",
        "rabta/desk/cases/migrations/0001_initial.py",
        "rabta/desk/frame/static/frame/mark.svg",
        f"{BUILT}/manifest.json",
    ],
)
def test_the_wheel_holds_what_is_not_code(names: set[str], name: str) -> None:
    assert name in names


def test_the_wheel_holds_all_that_was_built(wheel: Path, names: set[str]) -> None:
    with ZipFile(wheel) as opened:
        manifest = json.loads(opened.read(f"{BUILT}/manifest.json"))
    made = {file for entry in manifest.values() for file in (entry["file"], *entry.get("css", ()))}
    assert {Path(file).suffix for file in made} >= {".js", ".css", ".woff2"}
    assert {f"{BUILT}/{file}" for file in made} <= names
    licences = [name for name in names if re.search(r"/noto-.*-LICENSE\.txt$", name)]
    assert len(licences) == 2


def test_the_wheel_says_what_it_is(wheel: Path, names: set[str]) -> None:
    (info,) = {name.partition("/")[0] for name in names if ".dist-info/" in name}
    assert f"{info}/licenses/LICENSE" in names
    with ZipFile(wheel) as opened:
        metadata = opened.read(f"{info}/METADATA").decode()
        assert "AFFERO" in opened.read(f"{info}/licenses/LICENSE").decode()
        assert "rabta = rabta.cli:main" in opened.read(f"{info}/entry_points.txt").decode()
    assert "License-Expression: AGPL-3.0-or-later" in metadata
    assert "Requires-Dist: django" in metadata
    assert "extra ==" not in metadata


@dataclass(frozen=True)
class Node:
    """A node made with the installed programs; ``run`` runs ``rabta`` from a folder elsewhere."""

    programs: Path
    elsewhere: Path
    env: dict[str, str]

    def run(self, *said: str) -> str:
        return run(self.programs / "rabta", *said, cwd=self.elsewhere, env=self.env)


@pytest.fixture(scope="module")
def node(clean: Path, tmp_path_factory: pytest.TempPathFactory) -> Node:
    """A node without people, in an environment that knows nothing but its own programs."""
    at = tmp_path_factory.mktemp("node")
    (at / "elsewhere").mkdir()
    env = {
        "PATH": str(clean),
        "HOME": str(at),
        "LANG": "C.UTF-8",
        "RABTA_DATA_DIR": str(at / "data"),
    }
    assert shutil.which("node", path=env["PATH"]) is None
    made = Node(clean, at / "elsewhere", env)
    made.run("migrate")
    return made


def test_the_environment_is_clean(node: Node) -> None:
    said = run(
        node.programs / "python",
        "-c",
        "import rabta, importlib.util as u;"
        "print(rabta.__file__, [m for m in ('pytest', 'hatchling', 'mypy') if u.find_spec(m)])",
        cwd=node.elsewhere,
        env=node.env,
    )
    assert said.strip() == f"{_site(node) / 'rabta' / '__init__.py'} []"
    assert re.search(r"\d+\.\d+\.\d+", node.run("--version"))


def _site(node: Node) -> Path:
    (site,) = node.programs.parent.glob("lib/python*/site-packages")
    return site


def test_every_command_says_what_it_does(node: Node) -> None:
    listed = re.findall(r"^  ([a-z-]+) ", node.run("--help").partition("Commands:")[2], re.M)
    assert {"migrate", "create-node", "serve", "find", "demo"} <= set(listed)
    for command in listed:
        assert "Usage: rabta" in node.run(command, "--help")


def test_a_node_has_its_first_steward_once(node: Node) -> None:
    said = node.run("create-node", "--steward", "first.steward")
    assert "first.steward" in said
    assert re.search(r"([a-z2-9]{5}-){3}[a-z2-9]{5}", said)
    with pytest.raises(AssertionError, match="ended with 2"):
        node.run("create-node", "--steward", "second.steward")


def test_the_demo_country_is_in_the_wheel(node: Node) -> None:
    said = run(
        node.programs / "python",
        "-c",
        "from rabta.demo import build_country;"
        "print(sum(1 for _ in build_country(seed=2018, people=20).records()))",
        cwd=node.elsewhere,
        env=node.env,
    )
    assert int(said) >= 20


@pytest.fixture(scope="module")
def served(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the node, served from another folder than its data or its programs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("served") / "log"
    with log.open("wb") as out:
        server = subprocess.Popen(
            [node.programs / "rabta", "serve", "--no-work", "--port", str(port)],
            cwd=node.elsewhere,
            env=node.env,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(server, address, log)
        yield address
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=30) == 0, log.read_text("utf-8")
    finally:
        if server.poll() is None:
            server.kill()
            server.wait()


def _wait(server: subprocess.Popen, address: str, log: Path) -> None:
    for _ in range(300):
        try:
            urlopen(f"{address}/healthz", timeout=5).close()
        except URLError:
            assert server.poll() is None, log.read_text("utf-8")
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The server does not answer:\n{log.read_text('utf-8')}")


def fetch(url: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    with urlopen(Request(url, headers=headers), timeout=30) as answer:
        return answer, answer.read()


def test_the_node_is_well(served: str) -> None:
    answer, body = fetch(f"{served}/healthz")
    assert answer.status == 200
    assert json.loads(body) == {"ok": True}


def test_the_sign_in_page_comes_with_its_style(served: str, wheel: Path) -> None:
    answer, body = fetch(f"{served}/")
    page = body.decode()
    assert answer.status == 200
    assert answer.url.startswith(f"{served}/sign-in")
    assert "<h1>Sign in</h1>" in page
    for pattern, kind in (
        (r'href="(/static/built/[^"]+\.css)"', "text/css"),
        (r'src="(/static/built/[^"]+\.js)"', "text/javascript"),
        (r'"(/static/frame/mark\.svg)"', "image/svg+xml"),
    ):
        (path,) = set(re.findall(pattern, page))
        asset, content = fetch(served + path)
        assert asset.status == 200
        assert asset.headers.get_content_type() == kind
        with ZipFile(wheel) as opened:
            assert content == opened.read("rabta/desk/frame" + path)


def test_the_sign_in_page_speaks_urdu(served: str) -> None:
    _, body = fetch(f"{served}/sign-in", Cookie="rabta_language=ur")
    page = body.decode()
    assert '<html lang="ur" dir="rtl">' in page
    assert URDU in page


def test_the_api_is_there_and_asks_for_a_sign_in(served: str) -> None:
    with pytest.raises(URLError) as refused:
        fetch(f"{served}/api/v1/me")
    assert refused.value.code == 401
    assert json.loads(refused.value.read())["error"]["code"] == "refused"
