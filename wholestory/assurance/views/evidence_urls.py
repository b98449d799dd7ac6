"""Where the pages of evidence are."""

from django.urls import path

from wholestory.assurance.views import evidence, evidence_for

urlpatterns = [
    path("evidence/", evidence.home, name="evidence_list"),
    path("evidence/add/", evidence.add, name="evidence_add"),
    path("evidence/take-in/<str:reference>/", evidence.take_in, name="evidence_take_in"),
    path("evidence/<str:reference>/", evidence.one, name="evidence"),
    path("evidence/<str:reference>/change/", evidence.change, name="evidence_change"),
    path("evidence/<str:reference>/new-version/", evidence.new_version, name="evidence_new_version"),
    path("evidence/<str:reference>/retire/", evidence.retire, name="evidence_retire"),
    path("returns/<str:reference>/evidence/<slug:standard>/", evidence_for.evidence_for, name="evidence_for"),
]
