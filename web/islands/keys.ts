/** Single keys: "/" look-up, "j" and "k" rows, "u" undo, "1"–"9" the answers of a page, "?" the list. Can be switched off. */
const OFF = "rabta.keys.off";
/** The rows of a table, and whatever else a page lists line by line (hits of a look-up). */
const ROWS = "table[data-rows] tbody tr, [data-row]";
/** An answer leads on to the next page: a key that answers waits until that page can be read. */
const READ_AFTER_MS = 2000;
const ANSWER = /^[1-9]$/;

export function keys(page: Document): void {
  const opened = performance.now();
  const list = page.querySelector<HTMLDialogElement>("#shortcuts");
  const on = page.querySelector<HTMLInputElement>("#keys-on");
  for (const button of page.querySelectorAll<HTMLElement>("[data-shortcuts]")) {
    button.hidden = false;
    button.addEventListener("click", () => list?.showModal());
  }
  if (on) {
    on.checked = !isOff();
    on.addEventListener("change", () => keep(!on.checked));
  }

  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isTyping(event.target) || isOff() || page.querySelector("dialog[open]")) return;
    // What is held down says one thing, once; only rows are walked as long as a key is held.
    if (event.repeat && event.key !== "j" && event.key !== "k") return;
    const unread = performance.now() - opened < READ_AFTER_MS;
    if (unread && ANSWER.test(event.key)) return;
    const done = press(event.key, page, list);
    if (done) event.preventDefault();
  });
}

function press(key: string, page: Document, list: HTMLDialogElement | null): boolean {
  switch (key) {
    case "/": {
      const box = page.querySelector<HTMLInputElement>("[data-look-up]");
      box?.focus();
      box?.select();
      return box !== null;
    }
    case "?":
      list?.showModal();
      return list !== null;
    case "j":
      return step(page, 1);
    case "k":
      return step(page, -1);
    case "u": {
      const undo = page.querySelector<HTMLButtonElement>("[data-undo] form button");
      undo?.click();
      return undo !== null;
    }
    default: {
      // An answer that a page offers under a figure: <button data-key="1">.
      const answer = ANSWER.test(key)
        ? page.querySelector<HTMLElement>(`[data-key="${key}"]`)
        : null;
      answer?.click();
      return answer !== null;
    }
  }
}

/** Move the focus to the link of the next or previous row. */
function step(page: Document, by: 1 | -1): boolean {
  const links = [...page.querySelectorAll<HTMLElement>(ROWS)]
    .map((row) => row.querySelector<HTMLElement>("a[href]"))
    .filter((link) => link !== null);
  if (!links.length) return false;
  const row = page.activeElement?.closest(ROWS);
  const now = row ? links.findIndex((link) => link.closest(ROWS) === row) : -1;
  const next = now < 0 ? (by > 0 ? 0 : links.length - 1) : now + by;
  links[Math.min(Math.max(next, 0), links.length - 1)]?.focus();
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

// A browser may forbid storage; then the keys are on, and the switch lasts for the page.
let forbidden: boolean | null = null;

function isOff(): boolean {
  if (forbidden !== null) return forbidden;
  try {
    return window.localStorage.getItem(OFF) === "1";
  } catch {
    return false;
  }
}

function keep(off: boolean): void {
  try {
    if (off) window.localStorage.setItem(OFF, "1");
    else window.localStorage.removeItem(OFF);
  } catch {
    forbidden = off;
  }
}
