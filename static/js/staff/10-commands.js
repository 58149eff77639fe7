// The command bar, and keys: `/` or Ctrl-K finds, `?` helps, `g` and a letter goes somewhere, n and p turn pages of a list.
// Single keys can be switched off by who finds them in the way.
{
  const desk = document.querySelector("[data-desk]");
  const commands = document.getElementById("commands");
  const input = commands?.querySelector("[data-command-input]");
  const found = document.getElementById("commands-found");
  const open = (words = "") => {
    if (!commands || commands.open) return;
    commands.showModal();
    if (words) input.value = words;
    input.focus();
    input.select();
  };
  const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");
  let isGoing = false;
  document.addEventListener("keydown", (event) => {
    if (!desk) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    if (desk.hasAttribute("data-no-single-keys")) return;
    if (isGoing) {
      isGoing = false;
      const link = document.querySelector(`[data-go-key="${CSS.escape(event.key)}"]`);
      if (link) { event.preventDefault(); link.click(); }
      return;
    }
    if (event.key === "/") { event.preventDefault(); open(); }
    else if (event.key === "?") { event.preventDefault(); document.getElementById("shortcuts")?.showModal(); }
    else if (event.key === "g") { isGoing = true; setTimeout(() => { isGoing = false; }, 1500); }
    else if (event.key === "n" || event.key === "p") document.querySelector(`.list__pages [rel=${event.key === "n" ? "next" : "prev"}]`)?.click();
  });
  document.querySelector("[data-open-commands] input")?.addEventListener("focus", (event) => { event.target.blur(); open(event.target.value); });
  document.querySelector("[data-open-shortcuts]")?.addEventListener("click", (event) => {
    event.preventDefault();
    event.target.closest("details").open = false;
    document.getElementById("shortcuts").showModal();
  });
  // Arrows walk through what was found; Enter in the field opens the first.
  commands?.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (links[at - 1] ?? input).focus(); }
    else if (event.key === "Enter" && document.activeElement === input && links.length && found.dataset.for === input.value.trim()) { event.preventDefault(); links[0].click(); }
  });
  document.addEventListener("htmx:after:swap", () => {
    if (found?.firstElementChild?.dataset.q !== undefined) found.dataset.for = found.firstElementChild.dataset.q;
  });
}
