"""Addresses of the published reports of a board."""

from django.urls import path

from wholestory.performance.open_report import views

app_name = "published_performance"
urlpatterns = [
    path("<slug:slug>/", views.every, name="every"),
    path("<slug:slug>/<slug:period>/", views.one, name="one"),
    path("<slug:slug>/<slug:period>/csv/", views.as_csv, name="csv"),
    path("<slug:slug>/<slug:period>/pdf/", views.as_pdf, name="pdf"),
]
