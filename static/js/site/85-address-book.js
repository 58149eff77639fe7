// What stands in the fields is what counts: once it is typed over, it is no saved address any more.
document.addEventListener("input", (event) => {
  const pressed = event.target.closest("[data-address]")?.querySelector("[aria-pressed='true']");
  pressed?.setAttribute("aria-pressed", "false");
});
