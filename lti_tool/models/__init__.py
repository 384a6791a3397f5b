"""The rows of the LTI door. What does not belong here: learners' work (credentials)."""

from lti_tool.models.course import Context, Enrollment, Opening, PlatformUser, ResourceLink
from lti_tool.models.key import KeySetCache, ToolKey
from lti_tool.models.launch import LaunchLog, LaunchState, Ticket, Visit
from lti_tool.models.person import User
from lti_tool.models.registration import Deployment, Registration
from lti_tool.models.score import AccessToken, Outage, ScorePassback

__all__ = [
    "AccessToken",
    "Context",
    "Deployment",
    "Enrollment",
    "KeySetCache",
    "LaunchLog",
    "LaunchState",
    "Opening",
    "Outage",
    "PlatformUser",
    "Registration",
    "ResourceLink",
    "ScorePassback",
    "Ticket",
    "ToolKey",
    "User",
    "Visit",
]
