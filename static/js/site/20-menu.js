// The header's panels: the menu closes by Escape, by a press elsewhere and when the focus leaves; search takes the focus.
{
  const menu = document.querySelector("[data-menu]");
  document.addEventListener("click", (event) => {
    if (menu?.open && !menu.contains(event.target)) menu.open = false;
  });
  menu?.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu?.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  const search = document.getElementById("search");
  search?.addEventListener("toggle", (event) => {
    if (event.newState === "open") search.querySelector("input").focus();
  });
}
