// The search field offers what may be meant: a combobox whose list comes as a fragment. Without scripts it is a plain
// form. The field itself stays a searchbox and keeps the focus; the arrow keys walk through the options.
{
  const WAIT = 150;
  const say = (words) => { document.getElementById("announcement").textContent = words; };

  for (const box of document.querySelectorAll("[data-suggest]")) {
    const input = box.querySelector("input");
    const list = document.createElement("div");
    list.className = "suggest";
    list.id = `${input.id}-suggestions`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.label);
    box.append(list);
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-label", input.getAttribute("aria-label"));
    box.setAttribute("aria-haspopup", "listbox");
    box.setAttribute("aria-owns", list.id);
    box.setAttribute("aria-controls", list.id);
    box.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);

    let timer = 0;
    let asking = null;
    let shown = "";
    const options = () => [...list.querySelectorAll("[role=option]")];
    const active = () => list.querySelector("[aria-selected=true]");

    const choose = (option) => {
      active()?.setAttribute("aria-selected", "false");
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({ block: "nearest" });
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    };
    const open = () => {
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
    };
    const close = () => {
      clearTimeout(timer);
      asking?.abort();
      choose(null);
      list.hidden = true;
      box.setAttribute("aria-expanded", "false");
    };
    const ask = async () => {
      const q = input.value.trim();
      asking?.abort();
      if (q.length < 2) return close();
      if (q === shown && options().length) return open();
      asking = new AbortController();
      try {
        const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(q)}`, { signal: asking.signal });
        if (!answer.ok) return close();
        const html = await answer.text();
        if (input.value.trim() !== q || document.activeElement !== input) return;
        shown = q;
        list.innerHTML = html;
        choose(null);
        if (options().length) open(); else close();
        say(list.firstElementChild.dataset.words);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("keydown", (event) => {
      const all = options();
      const at = all.indexOf(active());
      const isOpen = !list.hidden;
      if (event.isComposing) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!isOpen) ask();
        else if (event.key === "ArrowDown") choose(at === all.length - 1 ? null : all[at + 1]);
        else choose(at < 0 ? all[all.length - 1] : all[at - 1] ?? null);
      } else if ((event.key === "Home" || event.key === "End") && isOpen && at >= 0) {
        event.preventDefault();
        choose(event.key === "Home" ? all[0] : all[all.length - 1]);
      } else if (event.key === "Enter" && isOpen && at >= 0) {
        event.preventDefault();
        all[at].click();
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        close();
      }
    });
    input.addEventListener("focus", () => { if (input.value.trim().length > 1 && options().length && input.value.trim() === shown) open(); });
    input.addEventListener("blur", (event) => { if (!box.contains(event.relatedTarget)) close(); });
    input.form?.addEventListener("submit", close);
    // The field keeps the focus while an option is pressed, so that the list is still there when the finger lifts.
    list.addEventListener("mousedown", (event) => event.preventDefault());
  }
}
