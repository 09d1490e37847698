"""The server's way in. Refuses to start with a route that declares no needs."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application


def guarded_application() -> WSGIHandler:
    """Django's application, once every address was found to declare its needs."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rabta.desk.project.settings")
    made = get_wsgi_application()
    # Only now: the rooms are not there before Django has started.
    from rabta.desk.wall.routes import refuse_undeclared

    refuse_undeclared()
    return made


application = guarded_application()
