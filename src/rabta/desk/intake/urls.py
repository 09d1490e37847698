"""Addresses of loads."""

from django.urls import path

from rabta.desk.intake import views

urlpatterns = [
    path("loads/", views.index, name="loads"),
    path("loads/new", views.new, name="load-new"),
    path("loads/<uuid:public_id>", views.page, name="load"),
    path("loads/<uuid:public_id>/columns", views.columns, name="load-map"),
    path("loads/<uuid:public_id>/preview", views.preview, name="load-preview"),
    path("loads/<uuid:public_id>/start", views.start, name="load-start"),
    path("loads/<uuid:public_id>/progress", views.progress, name="load-progress"),
    path("loads/<uuid:public_id>/stop", views.stop, name="load-stop"),
    path("loads/<uuid:public_id>/undo", views.undo, name="load-undo"),
    path("loads/<uuid:public_id>/report", views.report, name="load-report"),
    path("loads/rows/<uuid:public_id>", views.mend, name="row-mend"),
    path("loads/rows/<uuid:public_id>/no-record", views.set_aside, name="row-set-aside"),
]
