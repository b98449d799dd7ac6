// Saves a form as it is typed. The page works without this; with it, nobody has to remember to save.
// Text that could not be saved is kept in this page's memory only: nothing is written to the browser's storage, so a
// shared computer keeps nothing when the page is closed.

const PAUSE = 1200; // after the last key, in milliseconds
const LONGEST_WAIT = 8000; // somebody who never pauses is saved all the same
const HERE_EVERY = 30000;
const GONE_QUIET = 5 * 60 * 1000;
const RETRY = [2000, 5000, 15000, 30000];

class Draft {
  constructor(form) {
    this.form = form;
    this.status = document.getElementById("draft-status");
    this.others = document.getElementById("others");
    this.unsaved = new Set();
    this.lastSent = new Map();
    this.timer = null;
    this.firstUnsavedAt = 0;
    this.sending = false;
    this.failures = 0;
    this.leaving = false;
    this.activeAt = Date.now();
    for (const sign of ["keydown", "pointerdown", "scroll"]) {
      document.addEventListener(sign, () => { this.activeAt = Date.now(); }, { passive: true });
    }
    form.addEventListener("input", (event) => this.changed(event, PAUSE));
    form.addEventListener("change", (event) => this.changed(event, 0));
    form.addEventListener("submit", (event) => this.sent(event));
    window.addEventListener("beforeunload", (event) => {
      if (this.unsaved.size && !this.leaving) event.preventDefault();
    });
    window.addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.soon(0); });
    this.tellThatHere();
    setInterval(() => this.tellThatHere(), HERE_EVERY);
  }

  changed(event, pause) {
    const question = event.target.closest("[data-question]");
    if (!question || event.target.type === "file" || event.target.name.endsWith("-still")) return;
    // Leaving a field says "changed" once more, though what it holds was sent already.
    if (event.type === "change" && this.lastSent.get(question.dataset.question) === this.held(question)) return;
    if (!this.unsaved.size) this.firstUnsavedAt = Date.now();
    this.unsaved.add(question.dataset.question);
    const typing = event.target.matches("textarea, input[type=text]");
    const waited = Date.now() - this.firstUnsavedAt;
    this.soon(typing && waited < LONGEST_WAIT ? Math.max(pause, event.type === "change" ? 0 : PAUSE) : 0);
  }

  /** Without a connection a button would lead to the browser's own error page, and the text with it. */
  sent(event) {
    if (navigator.onLine === false) {
      event.preventDefault();
      this.say("There is no connection. Your text is still on this page: try again when you are connected.", true);
      return;
    }
    this.leaving = true;
    clearTimeout(this.timer);
  }

  soon(pause) {
    clearTimeout(this.timer);
    if (this.unsaved.size) this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    if (this.sending || !this.unsaved.size || this.leaving) return;
    const names = [...this.unsaved];
    this.unsaved.clear();
    this.sending = true;
    if (!this.failures) this.say("Saving…");
    try {
      const response = await fetch(this.form.dataset.save, {
        method: "POST", body: this.body(names), credentials: "same-origin", redirect: "manual",
        headers: { "X-Requested-With": "fetch", Accept: "application/json" },
        signal: AbortSignal.timeout(20000),
      });
      await this.answered(response, names);
    } catch {
      this.keep(names);
      this.lastSent.clear();
      this.say("Not saved: there is no connection. Your text is still on this page, and we keep trying.", true);
      this.again();
    } finally {
      this.sending = false;
      if (this.unsaved.size && !this.failures) this.soon(PAUSE);
    }
  }

  /** What one question's fields hold, as name and value. */
  fields(question) {
    return [...question.querySelectorAll("input, select, textarea")].filter((field) => {
      if (field.closest("[data-question]") !== question || field.type === "file" || !field.name) return false;
      return field.checked || (field.type !== "radio" && field.type !== "checkbox");
    }).map((field) => [field.name, field.value]);
  }

  /** The same as one text, without the revision that every save moves on. */
  held(question) {
    return JSON.stringify(this.fields(question).filter(([name]) => !name.startsWith("_rev-")));
  }

  /** Only the fields of the questions that changed, with the token and the window they were typed in. */
  body(names) {
    const wanted = new Set(names);
    const body = new FormData();
    for (const question of this.form.querySelectorAll("[data-question]")) {
      if (!wanted.has(question.dataset.question)) continue;
      for (const [name, value] of this.fields(question)) body.append(name, value);
      body.append("q", question.dataset.question);
      this.lastSent.set(question.dataset.question, this.held(question));
    }
    for (const name of ["csrfmiddlewaretoken", "_window"]) body.append(name, this.form.elements[name].value);
    body.append("set", this.form.dataset.set);
    body.append("page", this.form.dataset.page);
    return body;
  }

  async answered(response, names) {
    if (response.ok) {
      this.failures = 0;
      this.saved(await response.json());
      return;
    }
    this.keep(names);
    for (const name of names) this.lastSent.delete(name);
    const why = await this.whyRefused(response);
    if (why) {
      this.say(`Not saved. ${why} Your text is still on this page: copy it before you leave, or press a button below to see it with its questions.`, true);
      return;
    }
    const refused = response.status === 403 ? await this.tellThatHere() : null;
    if (response.status === 401 || response.type === "opaqueredirect" || refused?.signedOut) {
      this.signedOut();
    } else if (refused && !this.failures) {
      this.failures += 1; // the token was stale: once more at once, and then only with pauses
      this.soon(0);
    } else if (response.status === 404) {
      this.say("Not saved: this form is no longer open to you. Copy your text before you leave this page.", true);
    } else {
      this.say("Not saved. Your text is still on this page, and we keep trying.", true);
      this.again();
    }
  }

  /** The reason a save was refused for good; nothing when trying again may help. */
  async whyRefused(response) {
    const told = response.headers.get("Content-Type") || "";
    if (![403, 409].includes(response.status) || !told.startsWith("application/json")) return "";
    return (await response.json()).refused || "";
  }

  saved(answer) {
    for (const [name, revision] of Object.entries(answer.revisions)) {
      const field = this.form.elements[`_rev-${name}`];
      // A version kept aside still began from the older revision.
      if (!field || answer.clashes.includes(name)) continue;
      if (revision > Number(field.value)) this.changedAnswerStands(name);
      field.value = revision;
    }
    for (const [name, shown] of Object.entries(answer.shown || {})) {
      const question = this.form.querySelector(`[data-question="${CSS.escape(name)}"]`);
      if (question) question.hidden = !shown;
    }
    for (const [name, words] of Object.entries(answer.worked_out || {})) {
      const result = this.form.querySelector(`[data-question="${CSS.escape(name)}"] output[data-worked-out]`);
      if (result && words !== result.textContent) result.textContent = words || "Not worked out yet";
    }
    for (const [name, columns] of Object.entries(answer.totals || {})) {
      for (const [column, words] of Object.entries(columns)) {
        const total = this.form.querySelector(`[data-question="${CSS.escape(name)}"] output[data-total="${CSS.escape(column)}"]`);
        if (total && words !== total.textContent) total.textContent = words;
      }
    }
    for (const section of this.form.querySelectorAll(".ws-form-section")) {
      const questions = [...section.querySelectorAll("[data-question]")];
      if (questions.length) section.hidden = questions.every((question) => question.hidden);
    }
    if (answer.clashes.length) {
      this.say("Somebody else changed this answer as well. Your version is kept beside theirs. ", true);
      this.status.append(this.link(this.form.dataset.compare, "Compare the two", false));
    } else if (!this.unsaved.size) {
      this.say(`Saved ${answer.saved_at}`);
    }
  }

  /** A changed answer is no longer last time's: nobody has to say whether it is still true. */
  changedAnswerStands(name) {
    const question = this.form.querySelector(`[data-question="${CSS.escape(name)}"]`);
    question?.classList.remove("ws-question--waits");
    question?.querySelector(":scope > .ws-still")?.remove();
  }

  signedOut() {
    this.say("You have been signed out. Your text is still on this page. ", true);
    this.status.append(this.link(this.form.dataset.signIn, "Sign in again in a new tab", true));
    this.status.append(", then come back here.");
    this.again();
  }

  link(url, text, newTab) {
    const link = document.createElement("a");
    link.href = url;
    link.className = "govuk-link";
    link.textContent = newTab ? `${text} (opens in a new tab)` : text;
    if (newTab) { link.target = "_blank"; link.rel = "noopener"; }
    return link;
  }

  keep(names) {
    for (const name of names) this.unsaved.add(name);
  }

  again() {
    const pause = RETRY[Math.min(this.failures, RETRY.length - 1)];
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(async () => { await this.tellThatHere(); await this.save(); }, pause);
  }

  /**
   * Says that somebody is in this form, and hears who else is. Signing in again changes the token that guards this
   * page's saves: the answer brings the one that holds now.
   */
  async tellThatHere() {
    // A page nobody looks at does not hold its person's session open.
    const idle = document.hidden || Date.now() - this.activeAt > GONE_QUIET;
    if (idle && !this.unsaved.size) return null;
    const query = new URLSearchParams({ set: this.form.dataset.set, page: this.form.dataset.page });
    try {
      const response = await fetch(`${this.form.dataset.here}?${query}`, {
        credentials: "same-origin", redirect: "manual", headers: { "X-Requested-With": "fetch" },
        signal: AbortSignal.timeout(15000),
      });
      if (response.status === 401 || response.type === "opaqueredirect") return { signedOut: true };
      if (!response.ok) return null;
      const answer = await response.json();
      this.form.elements.csrfmiddlewaretoken.value = answer.token;
      this.showOthers(answer.others);
      return answer;
    } catch {
      return null;
    }
  }

  showOthers(sentences) {
    if (!this.others) return;
    const before = [...this.others.children].map((line) => line.textContent).join("|");
    if (before === sentences.join("|")) return; // a screen reader hears only news
    this.others.replaceChildren(...sentences.map((sentence) => {
      const line = document.createElement("p");
      line.className = "govuk-body";
      line.textContent = sentence;
      return line;
    }));
    this.others.hidden = !sentences.length;
  }

  say(text, unsaved = false) {
    this.status.textContent = text;
    this.status.classList.toggle("ws-draft-status--unsaved", unsaved);
  }
}

const form = document.querySelector("form[data-draft]");
if (form) new Draft(form);
