"""Where the pages of results are."""

from django.urls import path

from wholestory.assurance.views import exporting, loop, results, results_own, results_pages

_HERE = "cycles/<str:reference>/results/"
urlpatterns = [
    path(_HERE, results_pages.home, name="results"),
    path(f"{_HERE}heat-map/", results.released, name="results_heat_map"),
    path(f"{_HERE}items/", results_pages.items, name="results_items"),
    path(f"{_HERE}items/<slug:item>/", results_pages.item, name="results_item"),
    path(f"{_HERE}own-and-moderated/", results_pages.moderation, name="results_moderation"),
    path(f"{_HERE}sectors/", results_pages.by_sector, name="results_sectors"),
    path(f"{_HERE}cycles/", results_pages.over_time, name="results_trend"),
    path(f"{_HERE}responses/", results_pages.who_answered, name="results_responses"),
    path(f"{_HERE}actions/", results_pages.promised, name="results_actions"),
    path(f"{_HERE}standards/", loop.overview, name="results_loop"),
    path(f"{_HERE}standards/<slug:standard>/", loop.standard, name="results_loop_standard"),
    path(f"{_HERE}evidence/", results_pages.evidence, name="results_evidence"),
    path("cycles/<str:reference>/workbook/", exporting.ask, name="export_ask"),
    path("exports/<str:reference>/", exporting.export, name="export"),
    path("returns/<str:reference>/result/", results_own.result, name="result"),
    path("returns/<str:reference>/feedback/", results_own.feedback, name="feedback"),
]
