"""A platform with a gradebook, and a link of one of its courses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone

from credentials.conf import conf
from credentials.data import Actor
from lti_tool import toolkeys
from lti_tool.models import Deployment, Opening, ResourceLink
from tests.factories.courses import make_deployment, make_link, make_opening
from tests.factories.gradebook import Gradebook, gradebook


@pytest.fixture
def lms(db: None, settings) -> Iterator[Gradebook]:
    """The platform; it knows our public keys."""
    toolkeys.ensure(now=timezone.now())
    keys = toolkeys.published(now=timezone.now())
    with gradebook(lambda: keys) as server:
        settings.LC_FETCH_ALLOW = frozenset({server.authority})
        conf.cache_clear()
        yield server
    conf.cache_clear()


@pytest.fixture
def deployment(program, lms) -> Deployment:
    """Its deployment in Ada's program."""
    return make_deployment(program, origin=lms.origin)


@pytest.fixture
def link(deployment, lms) -> ResourceLink:
    """A link without a line item in its launch, in a course that lets us manage ours."""
    return make_link(deployment, line_items=lms.items_url)


@pytest.fixture
def opening(link, ada: Actor) -> Opening:
    """Ada has opened it as a learner."""
    return make_opening(link, ada)
