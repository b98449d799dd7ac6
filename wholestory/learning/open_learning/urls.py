from django.urls import path

from wholestory.learning.open_learning import views

app_name = "lessons"
urlpatterns = [path("<slug:slug>/", views.page, name="page")]
