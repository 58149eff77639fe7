// Filters: what is unfolded stays so while the listing is replaced, and the panel that comes over the page on phones takes
// the focus.
{
  if (window.htmx) htmx.config.morphIgnore.push("open");
  document.addEventListener("toggle", (event) => {
    if (event.target.id === "filters" && event.newState === "open") event.target.querySelector("h2").focus();
  }, true);
}
