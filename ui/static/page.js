// Conveniences; without them the buttons below each answer do the same.
(() => {
  if (window.myelomaPage) return; // the script runs again whenever the page is drawn anew
  window.myelomaPage = true;
  let opener = null; // the marker to return to when the source is closed
  let shown = null;
  let wanted = null; // a citation of a folded answer, whose button comes when the answer is unfolded

  // A marker in the text presses the button of its citation.
  document.addEventListener("click", (event) => {
    const marker = event.target.closest && event.target.closest("a.mm-cite");
    if (!marker) return;
    event.preventDefault();
    const key = marker.getAttribute("href").slice(1);
    if (press(key, marker)) return;
    const unfold = marker.closest("[class*='st-key-turn-']")?.querySelector("[class*='st-key-unfold-'] button");
    if (unfold) wanted = key;
    unfold?.click();
  });
  const press = (key, marker) => {
    const button = document.querySelector(`.st-key-${CSS.escape(key)} button`);
    if (!button) return false;
    opener = marker;
    button.click();
    return true;
  };
  const openWanted = () => {
    const key = wanted;
    if (!key || !document.querySelector(`.st-key-${CSS.escape(key)} button`)) return;
    wanted = null;
    press(key, document.querySelector(`a.mm-cite[href="#${CSS.escape(key)}"]`));
  };

  // What is said to those who do not see the page, politely: it waits for what they are hearing.
  const voice = document.createElement("div");
  voice.className = "mm-voice";
  voice.setAttribute("aria-live", "polite");
  voice.setAttribute("role", "status");
  document.body.append(voice);

  // "Copy" puts the answer and its sources on the clipboard.
  document.addEventListener("click", async (event) => {
    const button = event.target.closest && event.target.closest("button.mm-copy");
    if (!button) return;
    const label = button.textContent;
    const answer = button.closest("[class*='st-key-turn-']")?.querySelector(".mm-answer");
    try {
      await navigator.clipboard.writeText(button.dataset.copy || answer?.innerText || "");
    } catch {
      return; // the browser does not allow it; the text can still be selected
    }
    button.textContent = voice.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest && event.target.closest("button.mm-print")) window.print();
  });

  // The browser keeps the secret by which its conversations are found again. Two tabs of a first visit are
  // handed two: the first to write wins, and the other tab begins again before anything is asked in it.
  const ownSecret = () => /(?:^|; )myeloma_owner=([\w-]{43})(?:;|$)/.exec(document.cookie)?.[1];
  const keepSecret = () => {
    const secret = document.querySelector("[data-owner]")?.dataset.owner;
    if (!secret || !/^[\w-]{43}$/.test(secret)) return;
    if (!ownSecret()) {
      document.cookie = `myeloma_owner=${secret}; path=/; max-age=31536000; samesite=strict`;
    }
    const kept = ownSecret();
    const asked = document.querySelector("[data-testid='stChatMessage']");
    if (kept && kept !== secret && !asked) location.reload();
  };
  // Both may have looked before either wrote: looked at once more.
  setTimeout(keepSecret, 1000);

  // The choices of this browser, for its next visit.
  const keepPreferences = () => {
    const chosen = document.querySelector(".mm-preferences")?.dataset.preferences;
    if (!chosen || !/^[\w.]{1,60}$/.test(chosen)) return;
    // Streamlit says "en" of every page; voices and Chinese glyphs are chosen by this.
    const language = chosen.startsWith("zh") ? "zh-CN" : "en";
    if (document.documentElement.lang !== language) document.documentElement.lang = language;
    if (document.cookie.includes(`myeloma_preferences=${chosen}`)) return;
    document.cookie = `myeloma_preferences=${chosen}; path=/; max-age=31536000; samesite=strict`;
  };

  // The theme is Streamlit's own setting, which it keeps for each page; it is read when a page is loaded.
  const themeKey = (path) => `stActiveTheme-${path}-v2`;
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button.mm-theme");
    if (!button) return;
    const links = [...document.querySelectorAll("[data-testid='stSidebarNavLink']")];
    const paths = new Set(["/", location.pathname, ...links.map((link) => new URL(link.href).pathname)]);
    for (const path of paths) localStorage.setItem(themeKey(path), JSON.stringify(button.dataset.theme));
    location.reload();
  });
  const showTheme = () => {
    const buttons = document.querySelectorAll("button.mm-theme:not([aria-pressed])");
    if (!buttons.length) return;
    const stored = localStorage.getItem(themeKey(location.pathname));
    const now = stored ? JSON.parse(stored) : "System";
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.theme === now));
  };

  // A source that was just opened is scrolled to its highlighted words.
  const follow = () => {
    const section = document.querySelector(".mm-section[data-open]");
    const key = section ? section.dataset.open : null;
    if (key === shown) return;
    shown = key;
    if (!section) {
      if (opener && opener.isConnected) opener.focus({ preventScroll: true });
      opener = null;
      return;
    }
    const mark = section.querySelector("mark");
    if (mark) {
      const offset = mark.getBoundingClientRect().top - section.getBoundingClientRect().top;
      section.scrollTop += offset - section.clientHeight / 4;
    }
    // Whoever steps on with "next" keeps the button under the finger.
    const inControls = document.activeElement && document.activeElement.closest(".st-key-pane-controls");
    if (!inControls) section.focus({ preventScroll: true });
  };

  // A new question, and then its answer, is shown from its beginning.
  let drawn = 0;
  let said = 0;
  const lead = () => {
    const asked = () => [...document.querySelectorAll("[data-testid='stChatMessage'] .mm-question")].pop();
    const question = asked();
    const turns = document.querySelectorAll("[class*='st-key-turn-']");
    const last = turns[turns.length - 1];
    // Only the latest turns are on the page, so they are not counted: each has a number.
    const number = Number(last?.className.match(/st-key-turn-(\d+)/)[1] || 0);
    const waits = question && !(last && question.compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING);
    const now = 2 * number + (waits ? 1 : 0);
    // A first answer leaves room for the title, but for a phone.
    const whole = now <= 2 && window.innerWidth > 640;
    const top = () => (whole ? document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0)
      : asked()?.scrollIntoView({ block: "start" }));
    if (now > drawn) {
      top();
      setTimeout(top, 250); // once more: what follows the question is only now as tall as it will be
    }
    drawn = now;
    // A complete answer is read out once: its status, then its text.
    const words = last?.querySelector(".mm-answer")?.innerText;
    if (words && number > said) {
      const status = last.querySelector(".mm-standing")?.dataset.status;
      voice.textContent = `${status ? status + ". " : ""}${words}`;
    }
    if (words || !turns.length) said = number;
  };
  // The outcome of staging is read out when it changes. The mark has to be on what stays in place while
  // its content is replaced, and Streamlit gives that no attributes.
  const announce = () => {
    const outcome = document.querySelector(".st-key-staging-outcome:not([aria-live])");
    if (outcome) outcome.setAttribute("aria-live", "polite");
  };
  // Streamlit has no Chinese for the button that chooses a file.
  const nameUpload = () => {
    const words = document.querySelector("[data-upload]")?.dataset.upload;
    const label = document.querySelector("[data-testid='stFileUploaderDropzone'] button:not([aria-label]) p");
    if (words && label && label.textContent !== words) label.textContent = words;
  };
  const update = () => {
    openWanted();
    nameUpload();
    follow();
    lead();
    announce();
    keepSecret();
    keepPreferences();
    showTheme();
  };
  new MutationObserver(update).observe(document.body, { childList: true, subtree: true });
})();
