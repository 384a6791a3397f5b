"""The callable a web server loads: `lti_tool.site.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lti_tool.site.settings")
application = get_wsgi_application()

from credentials import api  # noqa: E402  # rows can be asked for only once Django is set up

api.demand_sound_start()
