"""Imported once Django is set up: tells as JSON what the environment has of the blocks' door."""

import json
import sys
from importlib.metadata import version

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client
from xblock.core import XBlock
from xblock.field_data import DictFieldData
from xblock.fields import ScopeIds
from xblock.reference.user_service import UserService, XBlockUser
from xblock.runtime import NullI18nService
from xblock.test.tools import TestRuntime

from credentials import api
from lc_xblock.doorway import learner_at


class Users(UserService):
    """Names one person, as the platform's service does."""

    def __init__(self, user_id):
        super().__init__()
        self.user_id = user_id

    def get_current_user(self):
        user = XBlockUser(is_current_user=True)
        user.opt_attrs = {"edx-platform.user_id": self.user_id}
        return user


class Platform(TestRuntime):
    """Says where handlers and files are."""

    def handler_url(self, block, handler_name, suffix="", query="", thirdparty=False):
        return f"/handler/{handler_name}/{suffix}"

    def local_resource_url(self, block, uri):
        return f"/resource/{uri}"


def block_for(user_id):
    """The block by its name, as an LMS loads it."""
    services = {
        "user": Users(user_id),
        "i18n": NullI18nService(),
        "field-data": DictFieldData({}),
    }
    return XBlock.load_class("lc_module")(
        scope_ids=ScopeIds(user_id, "lc_module", "definition", "unit"),
        runtime=Platform(services=services),
    )


call_command("migrate", verbosity=0)
call_command("makemigrations", check=True, dry_run=True, verbosity=0)
api.found_program(slug="lakeshore", name="Lakeshore", legal_name="Lakeshore University")
course = settings.LC_COURSE_WITHOUT_PLATFORM
call_command("lc_course", course, program="lakeshore", stdout=sys.stderr)
ada = get_user_model().objects.create_user("ada")
block = block_for(ada.pk)
unit = block.student_view().content
with block.open_local_resource("public/module.js") as file:
    script = file.read().decode()
draft = api.start_submission(learner_at(block), competency="I.1")
browser = Client()
browser.force_login(ada)
paths = ["/", "/lc/", f"/lc/submissions/{draft.uuid}", "/lc/verify", "/ims/case/v1p1/CFDocuments"]
found = {
    "versions": {name: version(name) for name in sys.argv[1].split(",")},
    "from": sys.modules["lc_xblock.module_block"].__file__,
    "unit": unit,
    "studio": block.studio_view({}).content,
    "script": script,
    "static": [finders.find(f"lc_content/{name}") is not None for name in ("lc.css", "lc.js")],
    "indicators": list(draft.scope),
    "pages": {
        path.replace(str(draft.uuid), "..."): browser.get(path).status_code for path in paths
    },
    "front": browser.get("/").content.decode(),
    "other_door": "lti_tool" in sys.modules,
}
print(json.dumps(found))
