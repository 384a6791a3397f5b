"""PyPI lti1p3platform, a platform by other people: a launch and a deep linking round trip.

It knows nothing of us but what `lc platform add` prints; we know nothing of it but what a
registration holds.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.test import Client
from django.utils import timezone
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request

from credentials import api
from lti_tool import registration
from lti_tool.models import Visit
from tests.factories.platforms import ROLE, key_named, know_keys

pytestmark = pytest.mark.judge

ISSUER, CLIENT, DEPLOYMENT = "https://other.example.edu", "tool-7", "7"
RETURN_URL = f"{ISSUER}/courses/1/links"


class Asked(Request):
    """The query of the tool's redirect, as the library wants it."""

    def build_metadata(self, request: Any) -> Any:
        return {"method": "GET", "get_data": request, "form_data": {}, "headers": {}}


class Conf(LTI1P3PlatformConfAbstract):
    """One registration: this tool, by what it printed."""

    def init_platform_config(self, **kwargs: Any) -> None:
        ours = registration.tool_addresses()
        private = key_named("lti1p3platform")
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        self._registration = (
            Registration()
            .set_iss(ISSUER)
            .set_client_id(CLIENT)
            .set_deployment_id(DEPLOYMENT)
            .set_oidc_login_url(ours.login)
            .set_launch_url(ours.launch)
            .set_deeplink_launch_url(ours.launch)
            .set_platform_private_key(pem)
            .set_platform_public_key(_public_pem())
            .set_tool_key_set_url(ours.jwks)
        )

    def get_registration_by_params(self, **kwargs: Any) -> Registration:
        return self._registration

    def fetch_public_key(self, key_set_url: str) -> Any:
        """From the tool's own address, through its own front, without a socket."""
        return Client().get(urlsplit(key_set_url).path).json()


class Login(OIDCLoginAbstract):
    def set_lti_message_hint(self, **kwargs: Any) -> None:
        self._lti_message_hint = kwargs["hint"]

    def get_redirect(self, url: str) -> str:
        return url


class Launch(LTIAdvantageMessageLaunchAbstract):
    def render_launch_form(self, launch_data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return launch_data


@pytest.fixture
def platform(program) -> Conf:
    conf = Conf()
    row = registration.add_platform(
        registration.Platform(
            name="Another platform",
            issuer=ISSUER,
            client_id=CLIENT,
            auth_url=f"{ISSUER}/auth",
            jwks_url=f"{ISSUER}/jwks",
        ),
        now=timezone.now(),
    )
    registration.approve(
        row,
        deployment_id=DEPLOYMENT,
        program=api.known_program(id=program.pk),
        now=timezone.now(),
    )
    know_keys(row.jwks_url, conf.get_jwks()["keys"], until=timezone.now())
    return conf


def launched(browser: Client, platform: Conf, *, role: str, picking: bool = False) -> Any:
    """The page where a launch by that platform ends."""
    login = Login(None, platform)
    login.set_lti_message_hint(hint="link-1")
    started = urlsplit(login.initiate_login("somebody"))
    redirect = browser.get(f"{started.path}?{started.query}")
    launch = Launch(Asked(dict(parse_qsl(urlsplit(redirect.headers["Location"]).query))), platform)
    launch.set_user_data("somebody", [f"{ROLE}{role}"], full_name="Sofia Ruiz")
    launch.set_launch_context_claim("course-1", context_title="Leading schools")
    launch.set_launch_presentation_claim("iframe", f"{ISSUER}/courses/1")
    if picking:
        launch.set_dl(RETURN_URL, accept_types={"ltiResourceLink"}, extra_data="token ~1")
    else:
        launch.set_resource_link_claim("link-1", title="A vision")
        launch.set_custom_parameters_claim({"lc_module": "I.1"})
    form = launch.lti_launch()
    assert form["launch_url"] == registration.tool_addresses().launch
    sent = {"id_token": form["id_token"], "state": form["state"]}
    return browser.post(urlsplit(form["launch_url"]).path, sent, follow=True)


def test_its_launch_opens_the_module(platform: Conf) -> None:
    page = launched(Client(), platform, role="Learner")

    visit = Visit.objects.get()
    assert (page.status_code, visit.learner) == (200, True)
    assert page.redirect_chain[-1][0] == f"/lti/in/{visit.uuid}/lc/modules/I.1"
    assert "Sofia Ruiz" in page.content.decode()


def test_what_is_picked_comes_back_to_it_signed(platform: Conf) -> None:
    browser = Client()
    picker = launched(browser, platform, role="Instructor", picking=True)
    assert picker.status_code == 200

    answer = browser.post(picker.request["PATH_INFO"], {"activity": ["I.1"]}).content.decode()

    assert f'action="{RETURN_URL}"' in answer
    (token,) = re.findall(r'name="JWT" value="([^"]+)"', answer)
    (item,) = platform.validate_deeplinking_resp({"JWT": token})
    assert item["type"] == "ltiResourceLink"
    assert item["url"].startswith(registration.tool_addresses().launch)
    assert item["custom"] == {"lc_module": "I.1"}


def test_nothing_picked_is_an_answer_too(platform: Conf) -> None:
    browser = Client()
    picker = launched(browser, platform, role="Instructor", picking=True)

    answer = browser.post(picker.request["PATH_INFO"], {"cancel": "yes"}).content.decode()

    (token,) = re.findall(r'name="JWT" value="([^"]+)"', answer)
    assert platform.validate_deeplinking_resp({"JWT": token}) == []


def _public_pem() -> str:
    from cryptography.hazmat.primitives.serialization import PublicFormat

    public = key_named("lti1p3platform").public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
