from django.apps import AppConfig


class MyWorkConfig(AppConfig):
    name = "wholestory.my_work"
    label = "my_work"
    default_auto_field = "django.db.models.BigAutoField"
