// Filters: what is unfolded stays so while the listing is replaced; the panel that comes over the page on phones takes the
// focus, and goes where there is room for the column.
{
  if (window.htmx) htmx.config.morphIgnore.push("open");
  document.addEventListener("toggle", (event) => {
    if (event.target.id === "filters" && event.newState === "open") event.target.querySelector("h2").focus();
  }, true);
  matchMedia("(width >= 62.5rem)").addEventListener("change", (wide) => {
    if (wide.matches) document.querySelector("#filters:popover-open")?.hidePopover();
  });
}
