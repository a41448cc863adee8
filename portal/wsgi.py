"""Entry point of the web server."""

import os

from django.core.wsgi import get_wsgi_application

from portal.checks.start import refuse_unsafe_start
from portal.web_limits import limit_statements

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()
refuse_unsafe_start()
limit_statements()
