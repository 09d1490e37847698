"""Audit as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The ledger, verified and reviewed."""

    name = "rabta.desk.audit"
    label = "audit"
