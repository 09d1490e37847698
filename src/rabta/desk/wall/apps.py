"""The wall as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class WallConfig(AppConfig):
    """Puts row-level security in place after every migration."""

    name = "rabta.desk.wall"
    label = "wall"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(_withdraw, sender=self)
        post_migrate.connect(_secure, sender=self)


def _withdraw(*, using: str, **_: Any) -> None:
    from rabta.desk.wall import guard, rls

    if connections[using].vendor == "postgresql":
        with guard.system("row-level security"):
            rls.withdraw(connections[using])


def _secure(*, using: str, **_: Any) -> None:
    from django.conf import settings

    from rabta.desk.wall import guard, rls

    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with guard.system("row-level security"):
        rls.apply(connection, role=settings.RABTA.app_role)
        rls.give(connection, role=settings.RABTA.app_role)
