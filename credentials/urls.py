"""Every address of the house; each view module brings its own list and this one joins them."""

from __future__ import annotations

from credentials.views import (
    belonging,
    case,
    evidence,
    forms,
    guidance,
    health,
    learn,
    mydata,
    notices,
    people,
    program,
    public,
    record,
    review,
    rules,
    submission,
    verify,
    verify_api,
    verify_openapi,
)

app_name = "lc"
urlpatterns = [
    # for anybody
    *guidance.urlpatterns,
    *public.urlpatterns,
    *forms.urlpatterns,
    *verify.urlpatterns,
    *verify_api.urlpatterns,
    *verify_openapi.urlpatterns,
    *case.urlpatterns,
    *health.urlpatterns,
    # for learners
    *learn.urlpatterns,
    *submission.urlpatterns,
    *evidence.urlpatterns,
    *mydata.urlpatterns,
    *record.urlpatterns,
    # for reviewers
    *review.urlpatterns,
    # for administrators
    *program.urlpatterns,
    *rules.urlpatterns,
    *people.urlpatterns,
    # for everybody who is signed in
    *belonging.urlpatterns,
    *notices.urlpatterns,
]
