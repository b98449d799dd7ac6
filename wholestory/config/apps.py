from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "wholestory.config"
    label = "config"

    def ready(self) -> None:
        # Only here are both rooms known; neither may import the other.
        from wholestory.config.uploads import DocumentUploader
        from wholestory.paperwork import uploads

        uploads.register(DocumentUploader())
