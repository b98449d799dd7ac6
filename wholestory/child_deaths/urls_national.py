from django.urls import URLPattern, path

from wholestory.child_deaths.views import national, yearly_return

routes: list[URLPattern] = [
    path("national/", national.every, name="national"),
    path("national/yearly-return/", yearly_return.years, name="yearly_returns"),
    path("national/yearly-return/<int:ends_in>/", yearly_return.one_year, name="yearly_return"),
    path("cases/<str:reference>/national/", national.sheet, name="national_sheet"),
    path("cases/<str:reference>/national/entered/", national.enter, name="national_enter"),
    path("cases/<str:reference>/national/copy.json", national.file, {"form": "json"}, name="national_json"),
    path("cases/<str:reference>/national/copy.csv", national.file, {"form": "csv"}, name="national_csv"),
    path("cases/<str:reference>/national/copy.xlsx", national.file, {"form": "xlsx"}, name="national_xlsx"),
]
