// Conveniences; without them the buttons below each answer do the same.
(() => {
  if (window.myelomaPage) return; // the script runs again whenever the page is drawn anew
  window.myelomaPage = true;
  let opener = null; // the marker to return to when the source is closed
  let shown = null;

  // A marker in the text presses the button of its citation.
  document.addEventListener("click", (event) => {
    const marker = event.target.closest && event.target.closest("a.mm-cite");
    if (!marker) return;
    event.preventDefault();
    const key = marker.getAttribute("href").slice(1);
    const button = document.querySelector(`.st-key-${CSS.escape(key)} button`);
    if (!button) return;
    opener = marker;
    button.click();
  });

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
  const lead = () => {
    const questions = document.querySelectorAll(".mm-question");
    const now = questions.length + document.querySelectorAll("[class*='st-key-turn-']").length;
    const top = () => questions[questions.length - 1]?.scrollIntoView({ block: "start" });
    if (now > drawn) {
      top();
      setTimeout(top, 250); // once more: what follows the question is only now as tall as it will be
    }
    drawn = now;
  };
  // The outcome of staging is read out when it changes. The mark has to be on what stays in place while
  // its content is replaced, and Streamlit gives that no attributes.
  const announce = () => {
    const outcome = document.querySelector(".st-key-staging-outcome:not([aria-live])");
    if (outcome) outcome.setAttribute("aria-live", "polite");
  };
  const update = () => {
    follow();
    lead();
    announce();
  };
  new MutationObserver(update).observe(document.body, { childList: true, subtree: true });
})();
