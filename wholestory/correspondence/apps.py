from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "wholestory.correspondence"
    label = "correspondence"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Mail that signing in sends goes out the same way as everything else."""
        from wholestory.access.signing_in import ports
        from wholestory.correspondence import post

        ports.register(post.deliver)
