"""Addresses of files about children, and of why the board may hold them."""

from django.urls import path

from wholestory.indicators.views import children, lawful_basis

urlpatterns = [
    path("children/", children.home, name="children"),
    path("children/<str:reference>/", children.page, name="children_load"),
    path("children/<str:reference>/beside/", children.beside, name="children_beside"),
    path("children/<str:reference>/erase/", children.aside, name="children_aside"),
    path("lawful-basis/", lawful_basis.page, name="lawful_basis"),
    path("lawful-basis/record/", lawful_basis.record, name="lawful_basis_record"),
    path("lawful-basis/<str:reference>/end/", lawful_basis.end, name="lawful_basis_end"),
]
