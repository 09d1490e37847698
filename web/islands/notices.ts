/** Notices can be put away; one that offers to undo says so to whoever hears the page, too. */
export function notices(page: Document): void {
  for (const notice of page.querySelectorAll<HTMLElement>(".notice")) {
    const button = notice.querySelector<HTMLButtonElement>("[data-dismiss]");
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      notice.remove();
      page.querySelector<HTMLElement>("#main")?.focus();
    });
  }
}
