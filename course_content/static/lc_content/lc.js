/* What the pages gain when a script runs: words that save themselves, uploads that survive a broken
   connection, pins taken from where one looks, a review by keyboard. Every page works without it.
   The requests and answers are described in docs/look.md, "Contract of the script with the server". */
"use strict";

(() => {
  if (window.lc) return; // a course may load the script again with every unit

  const SAVE_AFTER = 1000; // ms without a keystroke
  const SAVE_AT_LATEST = 3000; // ms since the first unsent keystroke
  const SIGNED_OUT_RETRY = 30000;
  const STALLED = 60000; // ms without a byte sent: the connection is taken for broken
  const DEFAULT_CHUNK = 2 * 1024 * 1024;

  // --- the device ---------------------------------------------------------------------------

  /* Browsers refuse storage in some frames; then nothing may claim to be "kept on this device". */
  const store = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
    remove(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        /* nothing was kept, so nothing is left */
      }
    },
  };

  function deviceName() {
    const known = store.read("lc:device");
    if (known) return known;
    const agent = navigator.userAgent;
    const kind = /iPad|Tablet/.test(agent) ? "tablet" : /Mobi|Android/.test(agent) ? "phone" : "computer";
    const name = `${kind} ${Math.random().toString(16).slice(2, 6)}`;
    store.write("lc:device", name);
    return name;
  }

  const clock = (instant) =>
    new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant);

  function whenAndWhere(version) {
    const place = version.device ? ` on a ${version.device.split(" ")[0]}` : "";
    const saved = version.saved_at ? new Date(version.saved_at) : null;
    if (!saved || Number.isNaN(saved.getTime())) return `Saved elsewhere${place}`;
    const today = saved.toDateString() === new Date().toDateString();
    const day = today ? "" : `${new Intl.DateTimeFormat("en", { day: "numeric", month: "long" }).format(saved)}, `;
    return `Saved ${day}${clock(saved)}${place}`;
  }

  // --- small tools --------------------------------------------------------------------------

  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  const setting = (element, name) => element.closest(`[data-lc-${name}]`)?.getAttribute(`data-lc-${name}`) ?? "";

  let announcer = null;
  /* For listeners: only what changes what one should do, never every save. */
  function announce(sentence) {
    announcer ??= document.querySelector(".lc-root").appendChild(
      make("div", { class: "lc-hidden", role: "status", "aria-live": "polite" }),
    );
    announcer.textContent = sentence;
  }

  /* Resolves after `ms`, or as soon as the connection or the tab comes back. */
  const sleepers = new Set();
  function pause(ms) {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        sleepers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      sleepers.add(wake);
    });
  }
  const backOff = (failures) => Math.min(2 ** failures, 60) * 1000;

  // --- talking to the server ------------------------------------------------------------------

  function csrfToken(element) {
    const field = (element.closest("form") ?? document).querySelector("[name=csrfmiddlewaretoken]");
    return (field ?? document.querySelector("[name=csrfmiddlewaretoken]"))?.value ?? "";
  }

  function fromJson(text) {
    try {
      return JSON.parse(text) ?? {};
    } catch {
      return {};
    }
  }

  /* Never throws: no connection is status 0, a redirect (to sign-in) is status 401. */
  async function ask(method, url, element, { body = undefined, keepalive = false } = {}) {
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken(element) };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    try {
      const answer = await fetch(url, {
        method,
        headers,
        keepalive,
        body: body === undefined ? undefined : JSON.stringify(body),
        credentials: "same-origin",
        redirect: "manual",
      });
      if (answer.type === "opaqueredirect") return { status: 401, data: {}, headers: answer.headers };
      return { status: answer.status, data: fromJson(await answer.text()), headers: answer.headers };
    } catch {
      return { status: 0, data: {}, headers: new Headers() };
    }
  }

  const isRefusal = (status) => status >= 400 && status < 500 && ![401, 408, 409, 425, 429].includes(status);

  // --- words that save themselves -----------------------------------------------------------------

  const nameOf = (control) => control.dataset.lcName ?? control.name;

  /* What the controls hold: now, or (`asServed`) as the server sent the page, which browsers that
     restore forms on reload do not keep apart. */
  function contents(controls, asServed) {
    const fields = {};
    for (const control of controls) {
      const name = nameOf(control);
      if (control.type === "radio" || control.type === "checkbox") {
        const on = asServed ? control.defaultChecked : control.checked;
        fields[name] ??= "";
        if (on) fields[name] = control.value;
      } else if (control.tagName === "SELECT" && asServed) {
        const chosen = [...control.options].find((option) => option.defaultSelected) ?? control.options[0];
        fields[name] = chosen ? chosen.value : "";
      } else {
        fields[name] = asServed ? control.defaultValue : control.value;
      }
    }
    return fields;
  }

  const savedFields = [];

  class SavedField {
    constructor(element) {
      this.element = element;
      this.isRow = element.dataset.lcAutosave === "row";
      this.controls = this.isRow
        ? [...element.querySelectorAll("input, select, textarea")].filter((control) => nameOf(control))
        : [element];
      this.key = element.dataset.lcKey;
      this.url = setting(element, "save-url");
      this.place = `lc:text:${setting(element, "scope")}:${this.key}`;
      this.revision = Number(element.dataset.lcRevision ?? 0);
      this.indicator = document.getElementById(`${element.id}-saved`);
      this.settled = this.value(true); // what the server has
      this.sent = []; // what was sent and not yet answered: an answer may be lost on the way
      this.busy = false;
      this.failures = 0;
      this.conflict = null;
      for (const control of this.controls) {
        control.addEventListener("input", () => this.touched());
        control.addEventListener("change", () => this.touched());
      }
      this.recall();
    }

    /* One string for both kinds, so that equality is equality. */
    value(asServed = false) {
      const fields = contents(this.controls, asServed);
      return JSON.stringify(this.isRow ? fields : fields[nameOf(this.element)]);
    }

    fill(value) {
      const content = JSON.parse(value);
      const fields = this.isRow ? content : { [nameOf(this.element)]: content };
      for (const control of this.controls) {
        const wanted = fields[nameOf(control)] ?? "";
        if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === wanted;
        else control.value = wanted;
      }
      this.controls[0].dispatchEvent(new CustomEvent("lc:filled", { bubbles: true }));
    }

    unsaved() {
      return this.value() !== this.settled;
    }

    /* A copy on this device from an earlier visit: goes on, or is shown beside the newer text. */
    recall() {
      const copy = store.read(this.place);
      if (copy && copy.value !== this.settled) {
        const typedOverThis = copy.revision === this.revision || copy.sent?.includes(this.settled);
        if (typedOverThis) {
          this.fill(copy.value);
        } else {
          this.fill(copy.value);
          this.showConflict({ value: this.settled, revision: this.revision });
          return;
        }
      } else if (copy) {
        store.remove(this.place);
      }
      if (this.unsaved()) this.touched();
    }

    touched() {
      if (!this.unsaved() && !this.busy) {
        this.stopTimers();
        store.remove(this.place);
        return;
      }
      this.keep();
      if (this.conflict) return;
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.save(), SAVE_AFTER);
      this.latest ??= setTimeout(() => this.save(), SAVE_AT_LATEST);
    }

    stopTimers() {
      clearTimeout(this.soon);
      clearTimeout(this.latest);
      clearTimeout(this.again);
      this.latest = null;
    }

    keep() {
      this.kept = store.write(this.place, { value: this.value(), revision: this.revision, sent: this.sent });
    }

    async save({ keepalive = false } = {}) {
      this.stopTimers();
      if (this.busy || this.conflict || !this.unsaved()) return;
      this.busy = true;
      const value = this.value();
      this.sent = [...this.sent.slice(-4), value];
      this.keep();
      this.say("Saving", "saving");
      const content = this.isRow ? { fields: JSON.parse(value) } : { text: JSON.parse(value) };
      const answer = await ask("POST", this.url, this.element, {
        body: { key: this.key, ...content, revision: this.revision, device: deviceName() },
        keepalive,
      });
      this.busy = false;
      this.heard(value, answer);
    }

    heard(value, { status, data }) {
      if (status === 200) this.accepted(value, data);
      else if (status === 409 && data.theirs) this.contradicted(data.theirs);
      else if (status === 401) this.waits("Sign in again in another tab. ", SIGNED_OUT_RETRY);
      else if (isRefusal(status)) {
        this.keep();
        this.say(data.error ?? "This could not be saved. Copy your words and load the page again.", "refused", true);
      } else this.waits("", backOff((this.failures += 1)));
    }

    accepted(value, data) {
      this.settled = value;
      this.revision = data.revision;
      this.sent = [];
      if (this.failures > 0) announce("Saved. The connection is back.");
      this.failures = 0;
      if (this.unsaved()) {
        this.touched();
        return;
      }
      store.remove(this.place);
      const at = data.saved_at ? new Date(data.saved_at) : new Date();
      this.say(`Saved ${clock(at)}${data.note ? `. ${data.note}` : ""}`, "saved");
    }

    waits(reason, ms) {
      this.keep();
      const fate = this.kept ? "Kept on this device, will be saved" : "Not saved yet. Keep this page open";
      this.say(`${reason}${fate}`, "local", this.failures <= 1);
      this.again = setTimeout(() => this.save(), ms);
    }

    say(sentence, state, aloud = false) {
      if (this.indicator) {
        this.indicator.textContent = sentence;
        this.indicator.dataset.save = state;
      }
      if (aloud) announce(sentence);
    }

    /* The server holds another text. Our own, whose answer was lost, is no conflict. */
    contradicted(theirs) {
      const value = JSON.stringify(this.isRow ? theirs.fields : theirs.text);
      if (value === this.value()) {
        this.accepted(value, theirs);
      } else if (this.sent.slice(0, -1).includes(value)) {
        this.settled = value;
        this.revision = theirs.revision;
        this.touched();
      } else {
        this.showConflict({ ...theirs, value });
      }
    }

    showConflict(theirs) {
      this.keep();
      const mine = this.value();
      const readable = (value) => {
        const content = JSON.parse(value);
        if (!this.isRow) return content || "(empty)";
        return Object.entries(content).filter(([, v]) => v).map(([name, v]) => `${name}: ${v}`).join("\n") || "(empty)";
      };
      const version = (title, value, choose) =>
        make("div", {},
          make("p", { class: "lc-conflict__when" }, title),
          make("p", { class: "lc-conflict__text", tabindex: "0" }, readable(value)),
          make("button", { type: "button", class: "lc-button lc-button--small", onclick: choose }, "Use this one"));
      const both = make("button", { type: "button", class: "lc-button lc-button--quiet lc-button--small",
        onclick: () => this.resolve(theirs, JSON.stringify(`${JSON.parse(theirs.value)}\n\n${JSON.parse(this.value())}`)),
      }, "Keep both, one below the other");
      this.conflict = make("div", { class: "lc-conflict", role: "group", "aria-label": "Two versions" },
        make("p", { class: "lc-conflict__title" },
          make("strong", {}, "There are two versions of this. "), "Both are kept until you choose."),
        make("div", { class: "lc-conflict__versions" },
          version("Here, not yet saved", mine, () => this.resolve(theirs, this.value(), theirs.value)),
          version(whenAndWhere(theirs), theirs.value, () => this.resolve(theirs, theirs.value, this.value()))));
      if (!this.isRow) this.conflict.append(make("p", {}, both));
      (this.element.closest(".lc-field") ?? this.element).append(this.conflict);
      this.say("Two versions: choose below", "local");
      announce("This was also changed elsewhere. Two versions are shown below the field; choose one.");
    }

    /* The version that was not chosen stays readable on the page. */
    resolve(theirs, chosen, declined = null) {
      const box = this.conflict;
      this.conflict = null;
      this.settled = theirs.value;
      this.revision = theirs.revision;
      this.sent = [];
      this.fill(chosen);
      if (declined) {
        const text = this.isRow ? Object.values(JSON.parse(declined)).join("\n") : JSON.parse(declined);
        box.replaceWith(make("details", { class: "lc-conflict" },
          make("summary", {}, "The version you did not choose"),
          make("p", { class: "lc-conflict__text", tabindex: "0" }, text)));
      } else {
        box.remove();
      }
      this.controls[0].focus();
      if (this.unsaved()) this.save();
      else {
        store.remove(this.place);
        this.say("Saved", "saved");
      }
    }
  }

  // --- counting words -------------------------------------------------------------------------------

  /* As the server counts: runs of letters and digits, with apostrophes and hyphens inside them. */
  const countWords = (text) => (text.match(/[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M}_’'-]*[\p{L}\p{N}\p{M}_])?/gu) ?? []).length;

  function countedWords(field) {
    const output = document.getElementById(`${field.id}-words`);
    if (!output) return;
    const [least, most] = [Number(field.dataset.lcMin ?? 0), Number(field.dataset.lcMax ?? 0)];
    const range = least && most ? `${least} to ${most}` : `${most || least}`;
    const show = () => {
      const words = countWords(field.value);
      const over = most > 0 && words > most;
      output.dataset.state = over ? "over" : words >= least && words > 0 ? "enough" : "under";
      output.textContent = over ? `${words} words, ${words - most} too many` : `${words} of ${range} words`;
    };
    field.addEventListener("input", show);
    field.addEventListener("lc:filled", show);
    show();
  }

  // --- uploads ----------------------------------------------------------------------------------------

  /* In the megabytes in which the limit is told. */
  const megabytes = (bytes) => (bytes / 2 ** 20).toFixed(bytes < 10 * 2 ** 20 ? 1 : 0);

  class Refused extends Error {}
  class Cancelled extends Error {}

  class Upload {
    constructor(form, file) {
      this.form = form;
      this.file = file;
      this.place = `lc:upload:${setting(form, "scope")}:${file.name}:${file.size}:${file.lastModified}`;
      this.url = null;
      this.offset = 0;
      this.chunk = DEFAULT_CHUNK;
      this.failures = 0;
      this.cancelled = false;
      this.bar = make("progress", { class: "lc-upload__bar", max: String(file.size || 1), "aria-label": file.name });
      this.text = make("p", { class: "lc-upload__state" }, "Waiting for its turn");
      this.button = make("button", { type: "button", class: "lc-button lc-button--quiet lc-button--small",
        onclick: () => this.cancel() }, "Cancel", make("span", { class: "lc-hidden" }, ` ${file.name}`));
      this.item = make("li", { class: "lc-upload__file" },
        make("span", { class: "lc-upload__name" }, file.name), this.button, this.bar, this.text);
      this.bar.value = 0;
    }

    show(state, sentence, aloud = false) {
      this.item.dataset.upload = state;
      this.text.textContent = sentence;
      if (aloud) announce(`${this.file.name}: ${sentence}`);
    }

    progress(bytes) {
      const size = this.file.size;
      this.bar.value = bytes;
      this.show("running", `${megabytes(bytes)} of ${megabytes(size)} MB, ${size ? Math.floor((100 * bytes) / size) : 100} %`);
    }

    async run() {
      if (this.cancelled) return null;
      try {
        await this.begin();
        return await this.sendAll();
      } catch (error) {
        if (error instanceof Cancelled) return null;
        if (!(error instanceof Refused)) throw error;
        this.bar.remove();
        this.button.firstChild.textContent = "Put away";
        store.remove(this.place);
        this.show("refused", error.message, true);
        return null;
      }
    }

    /* Goes on with what an earlier visit began, else creates. */
    async begin() {
      const known = store.read(this.place);
      if (known?.url) {
        this.url = known.url;
        this.chunk = known.chunk ?? DEFAULT_CHUNK;
        if (await this.askOffset()) return;
      }
      const { name, size, type } = this.file;
      const answer = await this.persist(() =>
        ask("POST", this.form.dataset.lcCreateUrl, this.form, { body: { name, size, type } }));
      ({ url: this.url, offset: this.offset = 0, chunk: this.chunk = DEFAULT_CHUNK } = answer.data);
      store.write(this.place, { url: this.url, chunk: this.chunk });
    }

    /* False where the server no longer knows the upload. */
    async askOffset() {
      const answer = await this.persist(() => ask("HEAD", this.url, this.form), [404, 410]);
      if (answer.status === 404 || answer.status === 410) return false;
      this.offset = Number(answer.headers.get("Upload-Offset") ?? 0);
      return true;
    }

    async sendAll() {
      for (;;) {
        const answer = await this.append();
        const offset = Number(answer.headers.get("Upload-Offset") ?? NaN);
        if (answer.status === 200) {
          store.remove(this.place);
          return answer.data;
        }
        if (answer.status === 204) {
          this.offset = Number.isNaN(offset) ? this.offset + answer.length : offset;
          this.failures = 0;
        } else if (answer.status === 404 || answer.status === 410) {
          store.remove(this.place);
          await this.begin();
        } else if (isRefusal(answer.status)) {
          throw new Refused(answer.data.error ?? "The file was refused.");
        } else {
          if (answer.status !== 409) await this.waitAfter(answer.status);
          await this.readable();
          if (!(await this.askOffset())) await this.begin();
        }
      }
    }

    /* A phone may withdraw a file while it sleeps; only choosing it again helps. */
    async readable() {
      try {
        await this.file.slice(0, 1).arrayBuffer();
      } catch {
        throw new Refused("The device no longer gives this file. Choose it again: it goes on where it stopped.");
      }
    }

    async persist(attempt, wanted = []) {
      for (;;) {
        if (this.cancelled) throw new Cancelled();
        const answer = await attempt();
        if ((answer.status >= 200 && answer.status < 300) || wanted.includes(answer.status)) return answer;
        if (isRefusal(answer.status)) throw new Refused(answer.data.error ?? "The file was refused.");
        await this.waitAfter(answer.status);
      }
    }

    async waitAfter(status) {
      this.failures += 1;
      const done = `${megabytes(this.offset)} of ${megabytes(this.file.size)} MB are there`;
      if (status === 401) this.show("waiting", `Sign in again in another tab. ${done}.`, this.failures === 1);
      else this.show("waiting", `No connection. ${done}; it goes on by itself.`, this.failures === 1);
      await pause(status === 401 ? SIGNED_OUT_RETRY : backOff(this.failures));
      if (this.cancelled) throw new Cancelled();
    }

    /* XMLHttpRequest, because fetch tells nothing while it sends. */
    append() {
      if (this.cancelled) throw new Cancelled();
      const piece = this.file.slice(this.offset, this.offset + this.chunk);
      return new Promise((resolve) => {
        const request = new XMLHttpRequest();
        this.request = request;
        let stalled = null;
        const alive = () => {
          clearTimeout(stalled);
          stalled = setTimeout(() => request.abort(), STALLED);
        };
        const done = () => {
          clearTimeout(stalled);
          resolve({
            status: request.status,
            data: fromJson(request.responseText),
            headers: { get: (name) => request.getResponseHeader(name) },
            length: piece.size,
          });
        };
        request.open("PATCH", this.url);
        request.setRequestHeader("Content-Type", "application/offset+octet-stream");
        request.setRequestHeader("Upload-Offset", String(this.offset));
        request.setRequestHeader("Accept", "application/json");
        request.setRequestHeader("X-CSRFToken", csrfToken(this.form));
        request.upload.addEventListener("progress", (event) => {
          alive();
          this.progress(Math.min(this.offset + event.loaded, this.file.size));
        });
        request.addEventListener("loadend", done);
        alive();
        this.progress(this.offset);
        request.send(piece);
      });
    }

    cancel() {
      this.cancelled = true;
      this.request?.abort();
      store.remove(this.place);
      if (this.url && this.item.dataset.upload !== "refused") ask("DELETE", this.url, this.form);
      this.item.remove();
      for (const wake of [...sleepers]) wake();
    }
  }

  let uploadsRunning = 0;

  function uploads(form) {
    const zone = form.querySelector(".lc-upload__zone");
    const input = form.querySelector("input[type=file]");
    const files = form.querySelector(".lc-upload__files");
    const queue = [];
    let working = false;

    async function work() {
      if (working) return;
      working = true;
      while (queue.length > 0) {
        const upload = queue.shift();
        const result = await upload.run();
        uploadsRunning -= 1;
        if (!result) continue;
        upload.item.remove();
        announce(`${upload.file.name} is uploaded.`);
        document.querySelector(form.dataset.lcList)?.insertAdjacentHTML("beforeend", result.html ?? "");
        form.dispatchEvent(new CustomEvent("lc:uploaded", { bubbles: true, detail: result.evidence }));
      }
      working = false;
    }

    function add(chosen) {
      for (const file of chosen) {
        const upload = new Upload(form, file);
        files.append(upload.item);
        queue.push(upload);
        uploadsRunning += 1;
      }
      work();
    }

    input.addEventListener("change", () => {
      add([...input.files]);
      input.value = "";
    });
    zone.addEventListener("dragover", (event) => {
      event.preventDefault();
      zone.dataset.over = "";
    });
    zone.addEventListener("dragleave", () => delete zone.dataset.over);
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      delete zone.dataset.over;
      add([...event.dataTransfer.files]);
    });
  }

  // --- pins ------------------------------------------------------------------------------------------

  const minutesAndSeconds = (seconds) =>
    `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

  function locator(fieldset) {
    const parts = [...fieldset.querySelectorAll("[data-lc-place]")];
    const show = () => {
      const chosen = fieldset.querySelector("input[type=radio]:checked")?.value;
      for (const part of parts) part.hidden = part.dataset.lcPlace !== chosen;
    };
    fieldset.addEventListener("change", show);
    show();
  }

  function viewer(section) {
    const seen = new Map();
    const output = section.querySelector("[data-lc-viewer-at]");
    const watch = new IntersectionObserver((entries) => {
      for (const entry of entries) seen.set(entry.target, entry.intersectionRect.height);
      const [page] = [...seen].reduce((most, next) => (next[1] > most[1] ? next : most));
      section.dataset.lcNow = page.dataset.lcPage;
      if (output) output.textContent = page.dataset.lcPage;
    }, { threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] });
    for (const page of section.querySelectorAll("[data-lc-page]")) watch.observe(page);
  }

  function put(selector, text) {
    const field = document.querySelector(selector);
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  }

  // --- the review page ---------------------------------------------------------------------------------

  const typesText = (element) =>
    element.isContentEditable || element.tagName === "TEXTAREA" || element.tagName === "SELECT" ||
    (element.tagName === "INPUT" && !["radio", "checkbox", "button", "submit"].includes(element.type));

  function keysDialog() {
    const toggle = make("input", { type: "checkbox" });
    toggle.checked = store.read("lc:keys") !== "off";
    toggle.addEventListener("change", () => store.write("lc:keys", toggle.checked ? "on" : "off"));
    const line = (key, what) => make("div", {}, make("dt", {}, make("kbd", {}, key)), make("dd", {}, what));
    const dialog = make("dialog", { class: "lc-dialog", "aria-labelledby": "lc-keys-title" },
      make("h2", { id: "lc-keys-title" }, "Keys for the rubric"),
      make("dl", { class: "lc-keys" }, line("1 – 4", "level of this indicator"), line("u", "unscorable"),
        line("c", "its comment (Esc leaves it)"), line("j", "next indicator"), line("k", "previous indicator"), line("?", "this help")),
      make("label", { class: "lc-check" }, toggle, make("span", {}, "Keys are switched on")),
      make("form", { method: "dialog" }, make("button", { class: "lc-button" }, "Close")));
    document.querySelector(".lc-root").append(dialog);
    return dialog;
  }

  function review(desk) {
    const rows = [...desk.querySelectorAll("[data-lc-review-row]")];
    if (rows.length === 0) return;
    const dialog = keysDialog();
    let current = rows[0];
    desk.addEventListener("focusin", (event) => {
      current = event.target.closest("[data-lc-review-row]") ?? current;
    });

    function count() {
      const scored = rows.filter((row) => row.querySelector("input[type=radio]:checked")).length;
      for (const output of document.querySelectorAll("[data-lc-review-count]")) output.textContent = scored;
      const handle = desk.querySelector(".lc-sheet__count");
      if (handle) handle.textContent = `${scored} of ${rows.length} scored`;
    }
    desk.addEventListener("change", count);
    desk.addEventListener("lc:filled", count);
    count();

    function go(row) {
      if (!row) return;
      desk.dispatchEvent(new CustomEvent("lc:open-sheet"));
      const radio = row.querySelector("input[type=radio]:checked") ?? row.querySelector("input[type=radio]");
      radio.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }

    function choose(value) {
      const radio = current.querySelector(`input[type=radio][value="${value}"]`);
      if (!radio) return;
      go(current);
      radio.checked = true;
      radio.focus({ preventScroll: true });
      radio.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function pressed(key) {
      const here = rows.indexOf(current);
      if (/^[1-9]$/.test(key)) choose(key);
      else if (key === "u") choose("unscorable");
      else if (key === "j") go(desk.contains(document.activeElement) ? rows[here + 1] : current);
      else if (key === "k") go(rows[here - 1]);
      else if (key === "c") current.querySelector("textarea")?.focus();
      else if (key === "?") dialog.showModal();
      else return false;
      return true;
    }

    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
      if (event.key === "Escape" && current.contains(event.target) && typesText(event.target)) go(current);
      if (typesText(event.target) || store.read("lc:keys") === "off") return;
      if (pressed(event.key)) event.preventDefault();
    });
    for (const button of desk.querySelectorAll("[data-lc-review-keys]")) {
      button.addEventListener("click", () => dialog.showModal());
    }
  }

  /* On a phone the rubric is a sheet at the bottom edge; it reopens where it was. */
  function sheet(section) {
    const root = section.closest(".lc-root");
    const body = section.querySelector(".lc-sheet__body");
    if (root.classList.contains("lc-embedded") || !body) return;
    const place = `lc:sheet:${section.dataset.lcSheet}`;
    const was = store.read(place) ?? { open: false, top: 0 };
    const handle = make("button", { type: "button", class: "lc-sheet__handle" },
      section.getAttribute("aria-label") ?? "", make("span", { class: "lc-sheet__count" }));
    section.prepend(handle);
    section.classList.add("lc-sheet--live");
    root.classList.add("lc-has-sheet");

    const remember = () => store.write(place, { open: section.hasAttribute("data-open"), top: body.scrollTop });
    function open(yes, top = was.top) {
      section.toggleAttribute("data-open", yes);
      handle.setAttribute("aria-expanded", String(yes));
      if (yes) body.scrollTop = top;
    }
    open(was.open);
    handle.addEventListener("click", () => {
      if (section.hasAttribute("data-open")) was.top = body.scrollTop;
      open(!section.hasAttribute("data-open"));
      remember();
    });
    body.addEventListener("scroll", () => {
      was.top = body.scrollTop;
      remember();
    }, { passive: true });
    section.closest("[data-lc-review]")?.addEventListener("lc:open-sheet", () => {
      if (!section.hasAttribute("data-open")) open(true);
    });
    section.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const target = document.getElementById(link?.hash.slice(1).split(":~:")[0] ?? "");
      if (target && !section.contains(target) && matchMedia("(max-width: 999px)").matches) {
        was.top = body.scrollTop;
        open(false);
      }
    });
  }

  // --- small things -------------------------------------------------------------------------------------

  async function copy(button) {
    const text = button.dataset.lcCopy;
    try {
      await navigator.clipboard.writeText(text);
      const before = button.textContent;
      button.textContent = "Copied";
      announce("Copied.");
      setTimeout(() => (button.textContent = before), 3000);
    } catch {
      const field = make("input", { class: "lc-input", readonly: "", value: text, "aria-label": "Copy from here" });
      button.after(field);
      field.select();
    }
  }

  async function dismiss(form) {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" }).catch(() => null);
    if (answer?.ok) form.closest("[data-lc-notice]")?.remove();
    else form.submit();
  }

  function seek(link) {
    const media = document.querySelector(link.getAttribute("href"));
    if (!media) return;
    media.currentTime = Number(link.dataset.lcSeek);
    media.scrollIntoView({ block: "center" });
    media.focus();
  }

  /* Clicks are heard at the document, so that what an upload inserts is heard too. */
  function clicked(event) {
    const hit = (name) => event.target.closest?.(`.lc-root [data-lc-${name}]`);
    const useTime = hit("use-time");
    const usePage = hit("use-page");
    if (useTime) put(useTime.dataset.lcInto, minutesAndSeconds(document.querySelector(useTime.dataset.lcUseTime).currentTime));
    else if (usePage) put(usePage.dataset.lcInto, document.querySelector(usePage.dataset.lcUsePage).dataset.lcNow ?? "1");
    else if (hit("copy")) copy(hit("copy"));
    else if (hit("print")) window.print();
    else if (hit("seek")) {
      event.preventDefault();
      seek(hit("seek"));
    }
    for (const menu of document.querySelectorAll(".lc-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  }

  /* Tells a host that frames the page how tall it is (LTI: lti.frameResize; a height is no secret). */
  function tellHeight() {
    if (window.parent === window || !document.body.classList.contains("lc-root")) return;
    document.body.classList.add("lc-embedded");
    let told = 0;
    const tell = () => {
      const height = Math.ceil(document.body.getBoundingClientRect().bottom + window.scrollY);
      if (height === told) return;
      told = height;
      window.parent.postMessage({ subject: "lti.frameResize", height }, "*");
    };
    new ResizeObserver(tell).observe(document.body);
    tell();
  }

  // --- start ----------------------------------------------------------------------------------------------

  const started = new Map(); // selector -> the elements it has brought to life
  function each(root, selector, start) {
    if (!started.has(selector)) started.set(selector, new WeakSet());
    const known = started.get(selector);
    for (const element of root.querySelectorAll(selector)) {
      if (known.has(element)) continue;
      known.add(element);
      start(element);
    }
  }

  /* Brings a part of a page to life; a second call does nothing. A unit of Open edX calls it with its element. */
  /* Paper cannot be unfolded. */
  function unfoldForPrint() {
    for (const more of document.querySelectorAll(".lc-root .lc-more:not([open])")) {
      more.open = true;
      window.addEventListener("afterprint", () => (more.open = false), { once: true });
    }
  }

  function start(root = document) {
    for (const element of document.querySelectorAll(".lc-root")) element.classList.add("lc-scripted");
    each(root, "[data-lc-autosave]", (element) => savedFields.push(new SavedField(element)));
    each(root, "[data-lc-words]", countedWords);
    each(root, "[data-lc-upload]", uploads);
    each(root, "[data-lc-locator]", locator);
    each(root, "[data-lc-viewer]", viewer);
    each(root, "[data-lc-sheet]", sheet);
    each(root, "[data-lc-review]", review);
    each(root, "[data-lc-print]", (button) => (button.hidden = false));
    each(root, "[data-lc-focus]", (element) => element.focus());
  }

  function begin() {
    tellHeight();
    start();
    document.addEventListener("click", clicked);
    document.addEventListener("submit", (event) => {
      if (!event.target.matches("[data-lc-dismiss]")) return;
      event.preventDefault();
      dismiss(event.target);
    });
    document.addEventListener("lc:uploaded", () => start());

    const saveNow = (options) => savedFields.forEach((field) => field.save(options));
    const back = () => {
      for (const wake of [...sleepers]) wake();
      saveNow();
    };
    window.addEventListener("online", back);
    window.addEventListener("beforeprint", unfoldForPrint);
    window.addEventListener("pagehide", () => saveNow({ keepalive: true }));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") back();
      else saveNow({ keepalive: true });
    });
    window.addEventListener("beforeunload", (event) => {
      const lost = savedFields.some((field) => field.unsaved() && field.kept === false);
      if (lost || uploadsRunning > 0) event.preventDefault();
    });
  }

  /* For a unit that puts one page in place of another: what was typed is on its way before that. */
  const save = () => Promise.all(savedFields.map((field) => field.save()));

  window.lc = { start, save };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
