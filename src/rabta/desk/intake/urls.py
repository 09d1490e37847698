"""Addresses of loads."""

from django.urls import path

from rabta.desk.intake.views import bringing, loads, rows

urlpatterns = [
    path("loads/", loads.index, name="loads"),
    path("loads/new", bringing.new, name="load-new"),
    path("loads/<uuid:public_id>", loads.page, name="load"),
    path("loads/<uuid:public_id>/columns", bringing.columns, name="load-map"),
    path("loads/<uuid:public_id>/preview", bringing.preview, name="load-preview"),
    path("loads/<uuid:public_id>/start", bringing.start, name="load-start"),
    path("loads/<uuid:public_id>/cases", loads.cases, name="load-cases"),
    path("loads/<uuid:public_id>/progress", loads.progress, name="load-progress"),
    path("loads/<uuid:public_id>/stop", loads.stop, name="load-stop"),
    path("loads/<uuid:public_id>/undo", loads.undo, name="load-undo"),
    path("loads/<uuid:public_id>/report", loads.report, name="load-report"),
    path("loads/rows/<uuid:public_id>", rows.mend, name="row-mend"),
    path("loads/rows/<uuid:public_id>/no-record", rows.set_aside, name="row-set-aside"),
]
