from django.urls import URLPattern, path

from wholestory.child_deaths.views import national

routes: list[URLPattern] = [
    path("national/", national.every, name="national"),
    path("cases/<str:reference>/national/", national.sheet, name="national_sheet"),
    path("cases/<str:reference>/national/entered/", national.enter, name="national_enter"),
    path("cases/<str:reference>/national/copy.json", national.file, {"form": "json"}, name="national_json"),
    path("cases/<str:reference>/national/copy.csv", national.file, {"form": "csv"}, name="national_csv"),
]
