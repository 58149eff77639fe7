// What asks again by itself: not while the page is hidden, or while somebody chooses rows or has something open in it; and
// with the mark of what is shown, so that nothing new is no answer.
{
  const marks = new Map();
  const live = (event) => event.detail.ctx?.sourceElement?.closest?.("[data-live]");
  document.addEventListener("htmx:config:request", (event) => {
    const part = live(event);
    if (!part || part !== event.detail.ctx.sourceElement) return;
    if (document.hidden || part.querySelector("input[name=row]:checked, details[open]") || part.contains(document.activeElement)) {
      event.preventDefault();
      return;
    }
    const mark = marks.get(part.id);
    if (mark) event.detail.ctx.request.headers["HX-Seen"] = mark;
  });
  document.addEventListener("htmx:before:response", (event) => {
    const part = live(event);
    const mark = part && event.detail.ctx.response.headers.get("HX-Seen");
    if (mark) marks.set(part.id, mark);
  });
}
