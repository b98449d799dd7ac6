from django.apps import AppConfig


class GovukConfig(AppConfig):
    name = "wholestory.govuk"
    label = "govuk"
    verbose_name = "Pages and parts"
