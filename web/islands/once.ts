/**
 * A form marked data-once is sent once. The second half of a double press is not sent either
 * where it meets the next page, which came in between and has such a form in the same place.
 */
const DOUBLE_MS = 500;

export function once(page: Document): void {
  const opened = performance.now();
  for (const form of page.querySelectorAll<HTMLFormElement>("form[data-once]")) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent || performance.now() - opened < DOUBLE_MS) event.preventDefault();
      else sent = true;
    });
  }
}
