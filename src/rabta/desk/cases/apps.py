"""Cases as a Django app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, people, particulars."""

    name = "rabta.desk.cases"
    label = "cases"
