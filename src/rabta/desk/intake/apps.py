"""Intake as a Django app."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """Bringing files in."""

    name = "rabta.desk.intake"
    label = "intake"

    def ready(self) -> None:
        """Close the rows of files that name a case once it is sealed."""
        from rabta.desk.cases.services.team import before_sealing
        from rabta.desk.intake.services.closing import close_rows

        before_sealing.append(close_rows)
