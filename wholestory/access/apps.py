from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccessConfig(AppConfig):
    name = "wholestory.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wholestory.access.signing_in import sessions

        # From the first one on, before any page has been asked for.
        sessions.note_every_sign_in()
        # Every room says what its codes in the access record mean.
        autodiscover_modules("access_words")
