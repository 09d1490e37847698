"""Addresses of the node. Every view declares what it needs (wall/routes.py)."""

from django.urls import include, path

from rabta.desk.frame import views
from rabta.desk.matching import look_up_views
from rabta.desk.project.api import api
from rabta.desk.wall.routes import declare_api

handler404 = "rabta.desk.frame.views.not_found"
handler403 = "rabta.desk.frame.views.forbidden"
handler500 = "rabta.desk.frame.views.broken"

urlpatterns = [
    path("", views.home, name="home"),
    path("language", views.set_language, name="set-language"),
    path("healthz", views.healthz, name="healthz"),
    path("look-up", look_up_views.look_up, name="look-up"),
    path("api/v1/", declare_api(api)),
    path("", include("rabta.desk.accounts.urls")),
    path("", include("rabta.desk.cases.urls")),
    path("", include("rabta.desk.intake.urls")),
    path("", include("rabta.desk.matching.urls")),
    path("", include("rabta.desk.audit.urls")),
]
