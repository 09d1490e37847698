"""Intake as a Django app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Bringing files in."""

    name = "rabta.desk.intake"
    label = "intake"
