import duckdb
import pytest

from rabta.engines.linkage.database import connect


@pytest.fixture
def connection():
    opened = connect()
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("temp_directory", ""),
        ("autoinstall_known_extensions", False),
        ("autoload_known_extensions", False),
        ("enable_external_access", False),
    ],
)
def test_nothing_spills_and_nothing_is_loaded(
    connection: duckdb.DuckDBPyConnection, setting: str, value: object
) -> None:
    assert connection.execute(f"SELECT current_setting('{setting}')").fetchall() == [(value,)]


def test_no_database_is_a_file(connection: duckdb.DuckDBPyConnection) -> None:
    files = "SELECT path FROM duckdb_databases() WHERE path IS NOT NULL"
    assert connection.execute(files).fetchall() == []


@pytest.mark.parametrize(
    "statement",
    [
        "COPY (SELECT 1) TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SET temp_directory = 'spill'",
        "INSTALL httpfs",
    ],
)
def test_the_doors_to_the_disk_are_shut(
    connection: duckdb.DuckDBPyConnection, statement: str
) -> None:
    with pytest.raises(duckdb.Error):
        connection.execute(statement)
