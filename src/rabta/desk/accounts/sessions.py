"""Sessions in a table of our own, so that a person sees and ends their own sign-ins."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Stored

from rabta.desk.accounts.models import Session


class SessionStore(Stored):
    """Django's database sessions, with the person and the device beside the data."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = super().create_model_instance(data)
        user = data.get("_auth_user_id")
        row.user_id = int(user) if user else None
        row.posting_id = data.get("posting")
        row.device = str(data.get("device", ""))[:128]
        return row
