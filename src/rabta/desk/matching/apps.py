"""The app of links and judgement."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """Proposed links between records and what humans say of them."""

    name = "rabta.desk.matching"
    label = "matching"
    default_auto_field = "django.db.models.BigAutoField"
