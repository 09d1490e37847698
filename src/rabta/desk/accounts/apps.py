"""Accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Agencies, people, postings, duties."""

    name = "rabta.desk.accounts"
    label = "accounts"
