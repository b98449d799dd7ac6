"""Addresses of the published reports of a panel."""

from django.urls import path

from wholestory.child_deaths.open_report import views

app_name = "published_reports"
urlpatterns = [
    path("<slug:slug>/", views.every, name="every"),
    path("<slug:slug>/<int:year>/", views.one, name="one"),
]
