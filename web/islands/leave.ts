/** Quick exit: a link, and Esc twice. Empties the screen, ends the sign-in, leaves no way back. */
const TWICE_WITHIN_MS = 700;

export function leave(page: Document): void {
  const link = page.querySelector<HTMLAnchorElement>("a[data-leave]");
  if (!link) return;

  const go = (): void => {
    page.documentElement.hidden = true;
    page.title = "";
    const form = page.querySelector<HTMLFormElement>("form[data-sign-out]");
    if (form) {
      // keepalive: it is sent although the page is gone before the answer.
      void fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        keepalive: true,
        redirect: "manual",
      }).catch(() => undefined);
    }
    window.dispatchEvent(new CustomEvent("rabta:leaving"));
    window.location.replace(link.href);
  };

  link.addEventListener("click", (event) => {
    event.preventDefault();
    go();
  });

  let last = -Infinity;
  page.addEventListener("keydown", (event) => {
    // While a word is composed, Esc belongs to the input method.
    if (event.key !== "Escape" || event.isComposing || event.repeat) return;
    if (event.timeStamp - last < TWICE_WITHIN_MS) go();
    last = event.timeStamp;
  });
  // A page that the browser kept would show again on "back".
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });
}
