"""Addresses of files. Every one of them names a reference, and asks the access rules."""

from django.urls import path

from wholestory.documents import views

app_name = "documents"
urlpatterns = [
    path("add/<str:reference>/", views.add, name="add"),
    path("link/<str:reference>/", views.link, name="link"),
    path("link/<str:reference>/remove/<uuid:link_id>/", views.remove_link, name="remove_link"),
    path("<str:reference>/", views.hand_out, name="file"),
    path("<str:reference>/about/", views.about, name="about"),
    path("<str:reference>/change/", views.describe, name="describe"),
    path("<str:reference>/new-version/", views.new_version, name="new_version"),
    path("<str:reference>/remove/", views.remove, name="remove"),
]
