"""Django's question "who is this session's person?", answered by our table of people."""

from django.contrib.auth.backends import BaseBackend

from rabta.desk.accounts.models import User


class TwoSteps(BaseBackend):
    """Knows people by id and signs nobody in by itself.

    ``authenticate`` stays empty on purpose: no one call may let anybody in. A sign-in takes a
    passphrase and a second factor (``services.first_factor``, ``services.second_factor``).
    """

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, as long as their sign-in is open."""
        return User.objects.filter(pk=user_id, closed__isnull=True).first()
