"""Addresses of the LTI door, below /lti/."""

from __future__ import annotations

from django.urls import path

from lti_tool.views import launching, log, picking, scores, visit

urlpatterns = [
    path("login", launching.login, name="lti-login"),
    path("launch", launching.launch, name="lti-launch"),
    path("jwks", launching.jwks, name="lti-jwks"),
    path("log", log.log, name="lti-log"),
    path("scores", scores.scores, name="lti-scores"),
    path("scores/again", scores.all_again, name="lti-scores-again"),
    path("scores/<uuid:score>/again", scores.again, name="lti-score-again"),
    # of a visit: these stand below /lti/in/<uuid>/ and nowhere else
    path("begin", visit.begin, name="lti-begin"),
    path("pick", picking.pick, name="lti-pick"),
    path("course", visit.course, name="lti-course"),
    path("new-tab", visit.new_tab, name="lti-new-tab"),
    path("ticket", visit.ticket, name="lti-ticket"),
]
