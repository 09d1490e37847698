/** A form marked data-unsaved asks before what was typed into it is lost. */
export function unsaved(page: Document): void {
  const changed = new Set<HTMLFormElement>();
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-unsaved]")) {
    form.addEventListener("input", () => changed.add(form));
    form.addEventListener("submit", () => changed.delete(form));
  }
  window.addEventListener("rabta:leaving", () => changed.clear());
  window.addEventListener("beforeunload", (event) => {
    if (changed.size) event.preventDefault();
  });
}
