"""The server's way in. Refuses to start with a route that declares no needs."""

import os

from django.core.wsgi import get_wsgi_application

from rabta.desk.wall.routes import refuse_undeclared

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rabta.desk.project.settings")
application = get_wsgi_application()
refuse_undeclared()
