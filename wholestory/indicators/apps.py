from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "wholestory.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
