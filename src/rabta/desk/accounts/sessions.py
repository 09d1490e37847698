"""Sessions in a table of our own, so that a person sees and ends their own sign-ins."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore as Stored
from django.utils import timezone

from rabta.desk.accounts.models import Posting, Session
from rabta.desk.accounts.rules import LONGEST_SIGN_IN


def settled_posting(session: SessionBase, held: Sequence[Posting]) -> int | None:
    """In which posting a signed-in person works: their only one, or none until they choose.

    Settled once for the whole sign-in: nobody slides into another duty because a posting ended
    or another was added.
    """
    chosen: int | None = session.setdefault("posting", held[0].pk if len(held) == 1 else None)
    return chosen


class SessionStore(Stored):
    """Django's database sessions, with the person and the device beside the data.

    A session ends after so much silence (``expire_date``, moved on by ``middleware.Acting``),
    and after ``LONGEST_SIGN_IN`` whatever happens.
    """

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        # Saving makes a new row object each time: when the session began travels in the data.
        began = data.setdefault("began", timezone.now().isoformat())
        row = super().create_model_instance(data)
        user = data.get("_auth_user_id")
        row.user_id = int(user) if user else None
        row.posting_id = data.get("posting")
        row.device = str(data.get("device", ""))[:128]
        row.began = datetime.fromisoformat(began)
        return row

    def _get_session_from_db(self) -> Session | None:
        row = super()._get_session_from_db()
        if row is not None and row.began + LONGEST_SIGN_IN <= timezone.now():
            self.delete(row.session_key)
            self._session_key = None
            return None
        return row
