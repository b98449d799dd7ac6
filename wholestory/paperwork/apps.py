from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PaperworkConfig(AppConfig):
    name = "wholestory.paperwork"
    label = "paperwork"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Every room's ``definitions`` register their forms."""
        autodiscover_modules("definitions")
