"""Intake as a Django app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Bringing files in."""

    name = "rabta.desk.intake"
    label = "intake"

    def ready(self) -> None:
        """Hear of cases that are about to be sealed."""
        from rabta.desk.cases.services.team import sealing
        from rabta.desk.intake.services.closing import close_rows

        sealing.connect(close_rows)
