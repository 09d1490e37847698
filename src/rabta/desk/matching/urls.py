"""Addresses of links and judgements."""

from django.urls import path

from rabta.desk.matching import views

urlpatterns = [
    path("links/", views.link_list, name="link-list"),
    path("links/judgements", views.judgement_list, name="judgement-list"),
    path("links/judgements/<uuid:public_id>/undo", views.undo, name="judgement-undo"),
    path("links/<uuid:public_id>", views.link, name="link"),
    path("links/<uuid:public_id>/judge", views.judge, name="link-judge"),
]
