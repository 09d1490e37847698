/**
 * Progress: an element with data-refresh-url is asked for anew every data-refresh-every seconds
 * (default 2). The answer is the same element; once it carries no data-refresh-url, asking ends.
 * An answer with data-refresh-then leads on to that address.
 */
const LONGEST_MS = 30_000;

export function refresh(page: Document): void {
  for (const element of page.querySelectorAll<HTMLElement>("[data-refresh-url]")) {
    watch(page, element);
  }
}

function watch(page: Document, element: HTMLElement): void {
  const every = Math.max(Number(element.dataset.refreshEvery) || 2, 0.2) * 1000;
  let wait = every;
  const again = (): void => {
    window.setTimeout(() => void ask(), wait);
  };
  const ask = async (): Promise<void> => {
    const url = element.dataset.refreshUrl;
    if (!url || !element.isConnected) return;
    if (page.hidden) return again();
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" }, cache: "no-store" });
      if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
      const fresh = new DOMParser()
        .parseFromString(await answer.text(), "text/html")
        .querySelector<HTMLElement>("[data-refresh]");
      if (!fresh) throw new Error("no fragment");
      wait = every;
      take(page, element, fresh);
    } catch {
      wait = Math.min(wait * 2, LONGEST_MS);
    }
    if (element.dataset.refreshUrl) again();
  };
  again();
}

/** Put the fresh content in; the element stays, so that screen readers keep listening to it. */
function take(page: Document, element: HTMLElement, fresh: HTMLElement): void {
  if (fresh.dataset.refreshThen) {
    delete element.dataset.refreshUrl;
    window.location.assign(fresh.dataset.refreshThen);
    return;
  }
  if (fresh.innerHTML !== element.innerHTML) {
    element.replaceChildren(...[...fresh.childNodes].map((node) => page.importNode(node, true)));
  }
  if (fresh.dataset.refreshUrl) element.dataset.refreshUrl = fresh.dataset.refreshUrl;
  else delete element.dataset.refreshUrl;
}
