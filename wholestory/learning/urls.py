from django.urls import path

from wholestory.learning import views

app_name = "learning"
urlpatterns = [
    path("", views.every, name="list"),
    path("draft/", views.draft, name="draft"),
    path("material/", views.material, name="material"),
    path("material/<uuid:key>/end/", views.end_material, name="end_material"),
    path("<str:reference>/", views.lesson, name="lesson"),
    path("<str:reference>/change/", views.change, name="change"),
    path("<str:reference>/shared/", views.share, name="share"),
    path("<str:reference>/what-changed/", views.changed, name="changed"),
    path("<str:reference>/<slug:step>/", views.one_step, name="step"),
]
