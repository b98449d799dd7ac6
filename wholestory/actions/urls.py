from django.urls import path

from wholestory.actions import effect_views, views

app_name = "actions"
urlpatterns = [
    path("", views.every, name="list"),
    path("<str:reference>/", views.action, name="action"),
    path("<str:reference>/update/", views.update, name="update"),
    path("<str:reference>/date/", views.redate, name="redate"),
    path("<str:reference>/done/", views.say_done, name="say_done"),
    path("<str:reference>/close/", views.close, name="close"),
    path("<str:reference>/send-back/", views.send_back, name="send_back"),
    path("<str:reference>/drop/", views.drop, name="drop"),
    path("<str:reference>/measure/", effect_views.measure, name="measure"),
    path("<str:reference>/check/", effect_views.check, name="check"),
    path("<str:reference>/effect/", views.effect, name="effect"),
]
