// What every page does beyond the design system's own parts. Everything works without it.

function startPrinting(root) {
  for (const button of root.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** Runs once when a page opens; `initAll` is the design system's, given here so that this file names no other. */
export function start(initAll) {
  startPrinting(document);
  // Parts that htmx brings in later are started like those that were there from the beginning.
  document.body.addEventListener("htmx:load", (event) => {
    if (event.target === document.body) return;
    initAll({ scope: event.target });
    startPrinting(event.target);
  });
  // A form sent from an address with a fragment (after "Skip to main content", say) would come back to that place, and
  // the summary of its errors would lose the focus to it.
  document.addEventListener("submit", () => {
    if (window.location.hash) history.replaceState(history.state, "", window.location.pathname + window.location.search);
  });
  // On a shared computer the Back button must not bring back what was shown before signing out.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}
