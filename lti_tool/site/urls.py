"""Every address of the site: the house, accounts, launches, and in practice mode the mailbox."""

from django.urls import include, path

from credentials.views.verify_api import verify
from lti_tool.views import account, mailbox, welcome

handler400 = "credentials.views.safety.bad_request"
handler403 = "credentials.views.safety.permission_denied"
handler404 = "credentials.views.safety.page_not_found"
handler500 = "credentials.views.safety.server_error"

urlpatterns = [
    path("", include("credentials.urls")),
    path("accounts/", account.account, name="account_home"),
    path("accounts/name/", account.rename, name="account_name"),
    path("accounts/welcome/<str:token>/", welcome.welcome, name="account_welcome"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/two-step/", include("allauth.mfa.urls")),
    path("lti/", include("lti_tool.urls")),
    # the same as /lc/api/verify, which is there through both doors: /api/ of an LMS is its own
    path("api/verify", verify),
    path("practice/mail", mailbox.mailbox, name="practice_mail"),
]
