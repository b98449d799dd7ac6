"""Addresses of files. Every one of them names a reference, and asks the access rules."""

from django.urls import path

from wholestory.documents.views import showing, writing

app_name = "documents"
urlpatterns = [
    path("add/<str:reference>/", writing.add, name="add"),
    path("link/<str:reference>/", writing.link, name="link"),
    path("link/<str:reference>/remove/<uuid:link_id>/", writing.remove_link, name="remove_link"),
    path("<str:reference>/", showing.hand_out, name="file"),
    path("<str:reference>/about/", showing.about, name="about"),
    path("<str:reference>/change/", writing.describe, name="describe"),
    path("<str:reference>/new-version/", writing.new_version, name="new_version"),
    path("<str:reference>/remove/", writing.remove, name="remove"),
]
