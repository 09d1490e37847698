"""Addresses of the node. Every view declares what it needs (wall/routes.py)."""

from django.urls import include, path

from rabta.desk.frame import views

handler404 = "rabta.desk.frame.views.not_found"
handler403 = "rabta.desk.frame.views.forbidden"
handler500 = "rabta.desk.frame.views.broken"

urlpatterns = [
    path("", views.home, name="home"),
    path("language", views.set_language, name="set-language"),
    path("healthz", views.healthz, name="healthz"),
    path("", include("rabta.desk.accounts.urls")),
]
