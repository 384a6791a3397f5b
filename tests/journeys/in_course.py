"""Members of a course, each in a browser of their own that keeps no third-party cookies."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Frame, Page, expect

from tests.journeys.accessible import demand_accessible
from tests.journeys.conftest import Site

#: Tries to leave a cookie that is not partitioned, from inside the frame; gives what was kept.
PROBE = """() => {
  document.cookie = "probe=1; SameSite=None; Secure; Path=/";
  return document.cookie;
}"""


class Member:
    """Somebody at the practice LMS, in one tab."""

    def __init__(self, context: BrowserContext, site: Site, name: str) -> None:
        self.context = context
        self.site = site
        self.name = name
        self.page: Page = context.new_page()
        self.page.goto(f"{site.lms}/")
        change = self.page.get_by_role("button", name="Change person")
        if change.count():
            change.click()
        self.page.get_by_role("button", name=f"Go on as {name}").click()
        self.page.wait_for_url(f"{site.lms}/course")

    def pick(self, code: str) -> None:
        """The teacher places that module by the tool's own picker."""
        page = self.page
        demand_accessible(page, "course")
        page.get_by_role("link", name="Add an activity from the tool").click()
        frame = self.frame()
        demand_accessible(page, "picker in a course")
        frame.locator(f"input[name='activity'][value='{code}']").check()
        frame.get_by_role("button", name="Add to the course").click()
        page.wait_for_url(f"{self.site.lms}/course")

    def open(self, code: str) -> Frame:
        """The tool's frame on the page of that activity."""
        self.page.goto(f"{self.site.lms}/course")
        self.page.locator(".activities").get_by_role("link", name=code).first.click()
        return self.frame()

    def frame(self) -> Frame:
        """The tool's frame, once it has been launched."""
        frame = self.page.locator("iframe#tool").element_handle().content_frame()
        assert frame is not None
        frame.wait_for_url("**/lti/in/**")
        return frame

    def expect_grade(self, says: str) -> None:
        """The gradebook says so before long."""
        cell = self.page.locator("td").filter(has_text=says)
        for _ in range(60):
            self.page.goto(f"{self.site.lms}/grades")
            if cell.count():
                break
            self.page.wait_for_timeout(500)
        expect(cell).to_have_count(1)


def demand_cookies_blocked(frame: Frame) -> None:
    """The browser really keeps no cookie of the tool's site that is not partitioned."""
    assert frame.evaluate(PROBE) == ""
