from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "wholestory.access"
    label = "access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wholestory.access.signing_in import sessions

        # From the first one on, before any page has been asked for.
        sessions.note_every_sign_in()
