"""Addresses of the audit."""

from django.urls import path

from rabta.desk.audit import views

urlpatterns = [
    path("review", views.review, name="review"),
    path("searches", views.searches, name="searches"),
]
