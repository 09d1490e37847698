"""The page on the API names every operation there is, and no other."""

from tests.docs.reading import plain, table, text_of

from rabta.desk.project.api import api


def test_every_operation_is_told():
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    there = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    rows = table(text_of("docs/do/api.md"), "operation")
    assert {(method, plain(path)) for method, path, _ in rows} == there
