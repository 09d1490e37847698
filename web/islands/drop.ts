/** A file may be dropped onto its field; the field itself stays the way that always works. */
export function drop(page: Document): void {
  for (const field of page.querySelectorAll<HTMLElement>("[data-drop]")) {
    const input = field.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) continue;
    const named = field.querySelector<HTMLOutputElement>("output");
    const hint = field.querySelector<HTMLElement>(".drop-hint");
    if (hint) hint.hidden = false;

    const tell = (): void => {
      if (!named) return;
      named.replaceChildren(
        ...[...(input.files ?? [])].map((file) => {
          const name = page.createElement("bdi");
          name.textContent = file.name;
          return name;
        }),
      );
      named.hidden = !named.childElementCount;
    };
    input.addEventListener("change", tell);
    for (const kind of ["dragenter", "dragover"] as const) {
      field.addEventListener(kind, (event) => {
        event.preventDefault();
        field.classList.add("over");
      });
    }
    field.addEventListener("dragleave", () => field.classList.remove("over"));
    field.addEventListener("drop", (event) => {
      event.preventDefault();
      field.classList.remove("over");
      const files = event.dataTransfer?.files;
      if (!files?.length || (files.length > 1 && !input.multiple)) return;
      input.files = files;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
}
