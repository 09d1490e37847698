/** When a form comes back with faults, their list takes the focus, so that nobody misses it. */
export function faults(page: Document): void {
  page.querySelector<HTMLElement>("[data-focus]")?.focus();
}
