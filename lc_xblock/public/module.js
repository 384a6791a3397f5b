/* A unit of a course shows the module's pages one in place of the other: this follows the block's own
   links and forms without leaving the unit, and opens everything else in a new tab. */
"use strict";

function LearnerCenteredModule(runtime, element, settings) {
  const block = element instanceof Element ? element : element[0];
  const address = (url) => {
    const { origin, pathname } = new URL(url, location.href);
    return origin + decodeURIComponent(pathname);
  };
  const own = address(runtime.handlerUrl(element, "module")).replace(/module\/?$/, "");
  const isOwn = (url) => address(url).startsWith(own);
  let busy = false;

  function token() {
    const name = `${settings.csrf_cookie}=`;
    const cookie = document.cookie.split("; ").find((one) => one.startsWith(name));
    return cookie ? decodeURIComponent(cookie.slice(name.length)) : "";
  }

  /* What the server could not know: the page's token, and which links lead out of the unit. */
  function dress() {
    for (const field of block.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token();
    for (const link of block.querySelectorAll("a[href]:not([href^='#']):not([target]):not([download])")) {
      if (isOwn(link.href)) continue;
      link.target = "_blank";
      link.rel = "noopener";
      const hint = document.createElement("span");
      hint.className = "lc-hidden";
      hint.textContent = " (opens in a new tab)";
      link.append(hint);
    }
    window.lc.start(block);
  }

  function show(html, focus) {
    block.querySelector(".lc-unit").outerHTML = html;
    dress();
    const wanted = focus && document.getElementById(focus);
    const place = wanted || block.querySelector(".lc-title");
    for (let part = place.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    if (!place.matches("a, button, input, select, textarea, [tabindex]")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    (wanted || block).scrollIntoView({ block: "start" });
  }

  function tell(beside, sentences, tone) {
    beside.querySelector(":scope > .lc-notice[data-lc-told]")?.remove();
    const notice = document.createElement("div");
    notice.className = "lc-notice";
    notice.dataset.lcTold = "";
    notice.dataset.tone = tone;
    notice.setAttribute("role", tone === "bad" ? "alert" : "status");
    for (const sentence of sentences) {
      const line = document.createElement("p");
      line.textContent = sentence;
      notice.append(line);
    }
    beside.prepend(notice);
  }

  async function ask(url, options, beside) {
    const answer = await fetch(url, { credentials: "same-origin", redirect: "manual", ...options }).catch(() => null);
    const document_ = answer?.ok ? await answer.json().catch(() => null) : null;
    if (document_) return document_;
    const refusal = (await answer?.json().catch(() => null)) ?? {};
    const said = refusal.problems?.length ? refusal.problems.map((problem) => problem.message) : [refusal.error];
    const silent = "There is no answer, or you are signed out. Nothing you typed is lost; try again.";
    tell(beside, said[0] ? said : [silent], "bad");
    return null;
  }

  /* What was typed is sent before its field goes away. */
  async function go(url, options, focus, beside) {
    if (busy) return;
    busy = true;
    block.setAttribute("aria-busy", "true");
    try {
      await window.lc.save();
      const headers = { Accept: "application/json", "X-CSRFToken": token() };
      const answer = await ask(url, { headers, ...options }, beside);
      if (!answer) return;
      show(answer.html, answer.focus || focus);
      if (answer.note) tell(block.querySelector(".lc-unit"), [answer.note], "careful");
    } finally {
      busy = false;
      block.removeAttribute("aria-busy");
    }
  }

  block.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.getAttribute("href").startsWith("#") || !isOwn(link.href)) return;
    event.preventDefault();
    const [url, anchor = ""] = link.href.split("#");
    go(url, {}, decodeURIComponent(anchor), block.querySelector(".lc-unit"));
  });

  block.addEventListener("submit", (event) => {
    const form = event.target;
    if (!isOwn(form.action)) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(form));
    const { name, value } = event.submitter ?? {};
    if (name) body.set(name, value);
    go(form.action, { method: "POST", body }, "", form);
  });

  block.addEventListener("lc:uploaded", dress);
  dress();
}
