"""A wheel built from a copy of the checkout, installed where nothing else of the project is.

Nothing is fetched: the build uses the backend that is installed, and the clean environment sees
the locked runtime dependencies of this one, by links, and neither the editable install of Rabta
nor anything that only development needs.
"""

import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
TAKEN = ("src", "web", "pyproject.toml", "README.md", "LICENSE", "package.json", ".gitignore")
BUILT = ("__pycache__", ".mypy_cache", "built", "*.mo")
LOCKED = re.compile(r"^([A-Za-z0-9._-]+==[^ \\]+(?: ; [^\\]+)?)", re.MULTILINE)


def run(*command: str | Path, cwd: Path, env: dict[str, str]) -> str:
    """Run a command to its end; what it said, and a failure with all of it where it failed."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)
    said = done.stdout + done.stderr
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{said}"
    return said


def outside(**more: str) -> dict[str, str]:
    """This environment without what belongs to the tests' own node."""
    mine = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("RABTA_", "PYTHON", "DJANGO_", "PYTEST_"))
    }
    return mine | {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"} | more


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources with what is built from them: styles, islands, translations."""
    for needed in (ROOT / "node_modules", shutil.which("npm"), shutil.which("msgfmt")):
        if not needed or not Path(needed).exists():
            pytest.fail(
                "The wheel cannot be built: node_modules, npm or msgfmt is not there."
                " “make test” installs and builds what the web part needs before the tests.",
                pytrace=False,
            )
    at = tmp_path_factory.mktemp("checkout")
    for name in TAKEN:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, at / name, ignore=shutil.ignore_patterns(*BUILT))
        else:
            shutil.copy(ROOT / name, at / name)
    (at / "node_modules").symlink_to(ROOT / "node_modules")
    run("npm", "run", "build", "--silent", cwd=at, env=outside())
    compiling = outside(PYTHONPATH=str(at / "src"))
    run(sys.executable, "-m", "rabta.desk.project.messages", cwd=at, env=compiling)
    return at


@pytest.fixture(scope="session")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made by the backend that is installed."""
    to = tmp_path_factory.mktemp("wheel")
    build = (sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(to), ".")
    run(*build, cwd=checkout, env=outside())
    (made,) = to.glob("rabta-*.whl")
    return made


@pytest.fixture(scope="session")
def names(wheel: Path) -> Iterator[set[str]]:
    """The files in the wheel."""
    with ZipFile(wheel) as opened:
        yield set(opened.namelist())


def locked() -> list[Distribution]:
    """The runtime dependencies as the lock names them, where they are installed for the tests."""
    found = []
    for line in LOCKED.findall((ROOT / "requirements.txt").read_text("utf-8")):
        wanted = Requirement(line)
        if wanted.marker is None or wanted.marker.evaluate():
            there = distribution(wanted.name)
            assert wanted.specifier.contains(there.version), f"{line}: {there.version} is installed"
            found.append(there)
    return found


@pytest.fixture(scope="session")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment with the wheel and its dependencies alone."""
    at = tmp_path_factory.mktemp("clean")
    dependencies = at / "dependencies"
    dependencies.mkdir()
    for one in locked():
        for top in {file.parts[0] for file in one.files or ()} - {"..", "__pycache__"}:
            if not (dependencies / top).exists():
                (dependencies / top).symlink_to(Path(str(one.locate_file(top))))
    venv.create(at / "venv", with_pip=False, symlinks=True)
    (site,) = (at / "venv").glob("lib/python*/site-packages")
    # A folder named in a .pth is looked into, but no .pth in it is followed.
    (site / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
    python = at / "venv" / "bin" / "python"
    # Without --no-deps: pip refuses where what the wheel asks for is not there.
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", wheel),
        cwd=at,
        env=outside(),
    )
    return python.parent
