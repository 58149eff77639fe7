// A pressed button says that it works, and a second press is not a second order. Coming back by the back button frees it.
{
  const free = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (form.method !== "get") form.dataset.sent = "1";
    event.submitter?.setAttribute("aria-busy", "true");
  }, true);
  const freeAll = () => document.querySelectorAll("form").forEach(free);
  window.addEventListener("pageshow", freeAll);
  document.addEventListener("htmx:finally:request", freeAll);
  document.addEventListener("stoa:free", freeAll);
}
