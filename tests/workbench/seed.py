"""`python -m tests.workbench.seed PORT`: a fresh workbench with a course in it, served.

Ada learns and Ben reviews; the course works for the practice program. One unit shows module I.1.
"""

from __future__ import annotations

import os
import sys

COURSE = "course-v1:Lakeshore+Leading+2031"
PROGRAM = {
    "slug": "lakeshore",
    "name": "Lakeshore Principal Preparation",
    "legal_name": "Lakeshore University",
    "contact_email": "office@lakeshore.example",
}
QUALIFICATION = "Principal, 12 years"


def seed() -> None:
    """Everything a course needs before its first learner; nobody is a learner of anything yet."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from credentials import api

    call_command("migrate", run_syncdb=True, verbosity=0)  # the sdk's wheel has no migrations
    users = get_user_model().objects
    users.create_user("ada", first_name="Ada", last_name="Osei")
    ben = users.create_user("ben", first_name="Ben", last_name="Ruiz")
    program = api.found_program(**PROGRAM)
    api.enrol(program=program, user=ben, role="reviewer", qualification=QUALIFICATION)
    call_command("lc_course", COURSE, program=PROGRAM["slug"], verbosity=0)


def units() -> None:
    """One page of the workbench: the block as an author would place it."""
    from workbench.runtime_util import reset_global_state
    from workbench.scenarios import SCENARIOS, add_xml_scenario

    SCENARIOS.clear()
    reset_global_state()
    add_xml_scenario("unit", "A unit on I.1", '<lc_module competency="I.1"/>')


if __name__ == "__main__":
    # here and not above: a test that reads COURSE must not change its own settings
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.workbench.settings"
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application
    from waitress import serve

    seed()
    units()
    application = StaticFilesHandler(get_wsgi_application())
    serve(application, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
