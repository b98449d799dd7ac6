"""The door for application servers: ``gunicorn wholestory.config.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wholestory.config.settings")
application = get_wsgi_application()
