"""Addresses of cases and of the people in them."""

from django.urls import path

from rabta.desk.cases.views import cases, people, team

urlpatterns = [
    path("cases/", cases.index, name="case-list"),
    path("cases/new", cases.new, name="case-open"),
    path("cases/<uuid:public_id>", cases.page, name="case"),
    path("cases/<uuid:public_id>/edit", cases.edit, name="case-edit"),
    path("cases/<uuid:public_id>/notes", cases.note, name="case-note"),
    path("cases/<uuid:public_id>/history", cases.changes, name="case-history"),
    path("cases/<uuid:public_id>/print", cases.printed, name="case-print"),
    path("cases/<uuid:public_id>/close", cases.close, name="case-close"),
    path("cases/<uuid:public_id>/reopen", cases.reopen, name="case-reopen"),
    path("cases/<uuid:public_id>/seal", team.seal, name="case-seal"),
    path("cases/<uuid:public_id>/team", team.members, name="case-team"),
    path("cases/<uuid:public_id>/people", people.add, name="person-add"),
    path("people/<uuid:public_id>", people.page, name="person"),
    path("people/<uuid:public_id>/edit", people.edit, name="person-edit"),
    path("people/<uuid:public_id>/history", people.changes, name="person-history"),
    path("people/<uuid:public_id>/roles", people.roles, name="person-role"),
]
