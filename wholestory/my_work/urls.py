from django.urls import path

from wholestory.my_work import about, views

app_name = "my_work"
urlpatterns = [
    path("", views.home, name="home"),
    path("chair/", views.chair, name="chair"),
    path("lay-member/", views.lay, name="lay"),
    path("search/", views.search, name="search"),
    path("help/", about.help_page, name="help"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("who-can-see-what/", about.who_can_see_what, name="who_can_see_what"),
]
