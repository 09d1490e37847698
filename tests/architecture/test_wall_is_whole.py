"""The wall has the openings that are listed here, and no others."""

import ast
from collections.abc import Iterator

import pytest
from tests.architecture import sources

WALL = "src/rabta/desk/wall/"

SYSTEM = {
    ("src/rabta/desk/project/node.py", "migrate"),
    ("src/rabta/desk/wall/apps.py", "row-level security"),
}
"""Where the guard is lifted, and what for. A new line here is a new hole: read it as one."""


def reason_of(call: ast.Call) -> str:
    if len(call.args) == 1 and isinstance(call.args[0], ast.Constant):
        return str(call.args[0].value)
    return "not said in one word"


def test_the_guard_is_lifted_where_the_list_says():
    found = {(path, reason_of(call)) for path, call in sources.calls("system")}
    assert found == SYSTEM


def test_the_lifting_is_handed_to_nobody():
    """No alias, no import of it by name: every call is a call the list above can see."""
    strangers = {path for path in sources.mentions("system") if not path.startswith(WALL)}
    # ``actor.system`` is whether the machine acts; it calls nothing.
    for path, tree in sources.trees():
        if path in strangers:
            for node in ast.walk(tree):
                if isinstance(node, ast.Attribute) and node.attr == "system":
                    on = node.value
                    named = getattr(on, "id", None) or getattr(on, "attr", None)
                    assert named != "guard" or _is_called(tree, node), path
                assert not (
                    isinstance(node, ast.ImportFrom) and any(a.name == "system" for a in node.names)
                ), path


def _is_called(tree: ast.Module, node: ast.Attribute) -> bool:
    return any(isinstance(n, ast.Call) and n.func is node for n in ast.walk(tree))


DRIVERS = {"sqlite3", "psycopg", "psycopg2", "duckdb", "adbc_driver_manager", "adbc_driver_sqlite",
           "adbc_driver_postgresql", "sqlalchemy"}  # fmt: skip
MAY_DRIVE = ("src/rabta/desk/wall/backends/", "src/rabta/engines/")


def test_no_driver_of_a_database_is_imported_but_by_the_backends_and_the_engines():
    strangers = {
        (path, package)
        for path, package in sources.imports()
        if package in DRIVERS and not path.startswith(MAY_DRIVE)
    }
    assert strangers == set()


ITS_OWN = {
    "wall_scope", "wall_grant", "wall_cap", "wall_policys_own", "_wall_decision", "ScopedQuery",
    "tokened", "_scoped", "_compiled", "facts_of", "opened_door", "_door", "_system",
    "_compiling", "_base_manager", "_raw_delete", "_default_manager",
}  # fmt: skip
"""Names by which the wall could be talked over. They are spoken in the wall and nowhere else."""


@pytest.mark.parametrize("name", sorted(ITS_OWN))
def test_what_is_the_walls_own_is_spoken_of_nowhere_else(name):
    strangers = {p for p, said in sources.words() if said == name and not p.startswith(WALL)}
    assert strangers == set()


def test_the_list_of_names_has_none_that_is_gone():
    said = {word for path, word in sources.words() if path.startswith(WALL)}
    assert ITS_OWN - said <= {"opened_door", "_default_manager"}


CLOSED = {
    ("guard", "opened"): {WALL + "door.py", WALL + "ledger.py"},
    ("ledger", "append"): {WALL + "door.py", WALL + "ledger.py"},
    ("ledger", "append_reads"): {WALL + "session.py"},
    # A look-up enters its question with its answer, found or not.
    ("session", "enter"): {"src/rabta/desk/matching/look_up/asking.py"},
}
"""Functions of the wall, and the only files that call them."""


@pytest.mark.parametrize(("module", "name"), CLOSED)
def test_the_walls_inner_doors_are_opened_from_inside(module, name):
    assert set(users(module, name)) == CLOSED[module, name]


def users(module: str, name: str) -> Iterator[str]:
    """Files that call a function of the wall, by its module or by its bare name."""
    for path, call in sources.calls(name):
        on = call.func.value if isinstance(call.func, ast.Attribute) else None
        inside = on is None and path == f"{WALL}{module}.py"
        if inside or (isinstance(on, ast.Name) and on.id == module):
            yield path
    # Whoever imports it by name can call it under any other.
    for path, tree in sources.trees():
        for node in ast.walk(tree):
            of_it = isinstance(node, ast.ImportFrom) and node.module == f"rabta.desk.wall.{module}"
            if of_it and any(each.name == name for each in node.names):
                yield path


FORBIDDEN = {"django.contrib.admin", "django.contrib.contenttypes.fields"}


def test_no_admin_and_no_generic_keys():
    from django.conf import settings

    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    for path, tree in sources.trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.module not in FORBIDDEN, path


def test_no_form_is_made_from_a_model():
    """A form made from a model reads and validates past the questions the wall answers."""
    strangers = {p for p, word in sources.words() if word in {"ModelForm", "modelform_factory"}}
    assert strangers == set()


def test_every_database_stands_behind_the_guard():
    from django.conf import settings

    for made in settings.DATABASES.values():
        assert made["ENGINE"].startswith("rabta.desk.wall.backends.")
        assert not made.get("ATOMIC_REQUESTS")


def test_the_gate_stands_before_every_view():
    from django.conf import settings

    assert settings.MIDDLEWARE[-1] == "rabta.desk.wall.routes.Gate"


def test_the_ways_in_refuse_an_undeclared_address():
    """The server's way in asks before it serves (``test_routes`` proves what it asks)."""
    assert {path for path, _ in sources.calls("refuse_undeclared")} >= {
        "src/rabta/desk/project/wsgi.py"
    }


def test_the_machine_is_made_in_one_place():
    """In a system duty one reaches what no person may read: wall/machines.py makes them all."""
    makers = {path for path, said in sources.words() if said == "SystemDuty"}
    desk = {path for path in makers if path.startswith("src/rabta/desk/")}
    assert desk == {WALL + "machines.py"}
