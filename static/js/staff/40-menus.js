// Menus that unfold: one at a time, closed by Escape and by a press elsewhere; groups of the navigation stay as they were left.
{
  const menus = ".desk-me, .desk-menu, .pop";
  document.addEventListener("click", (event) => {
    document.querySelectorAll(menus).forEach((menu) => { if (menu.open && !menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest?.(menus);
    if (!menu?.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  const key = "desk-folded";
  const folded = () => new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
  try {
    const closed = folded();
    document.querySelectorAll("[data-keep-open]").forEach((group) => {
      if (closed.has(group.dataset.keepOpen) && !group.querySelector("[aria-current]")) group.open = false;
      group.addEventListener("toggle", () => {
        const now = folded();
        now[group.open ? "delete" : "add"](group.dataset.keepOpen);
        localStorage.setItem(key, JSON.stringify([...now]));
      });
    });
  } catch { /* storage is switched off: groups stay open */ }
}
