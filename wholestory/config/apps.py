from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "wholestory.config"
    label = "config"
