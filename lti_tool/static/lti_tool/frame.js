/* A page of a visit inside a course. A new tab does not get this page's cookie: it gets a ticket.
   Without this script the form of the button still leads to a page with the link. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-lti-new-tab]");
  if (!form) return;
  const prefix = form.getAttribute("action").replace(/lti\/new-tab$/, "");

  async function ticketFor(path) {
    const body = new FormData(form);
    body.set("next", path);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).url;
  }

  async function open(path) {
    try {
      window.open(await ticketFor(path), "_blank", "noopener");
    } catch {
      form.elements.next.value = path;
      form.submit();
    }
  }

  form.hidden = window.top === window.self;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open(location.pathname + location.search);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[target=_blank]") : null;
    if (!link || window.top === window.self) return;
    const to = new URL(link.href);
    if (to.origin !== location.origin || !to.pathname.startsWith(prefix)) return;
    event.preventDefault();
    open(to.pathname + to.search);
  });
})();
