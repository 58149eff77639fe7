// How long the things are kept, once a minute and without alarm. The server decides; this only counts from what it said,
// because the clock of the machine may be wrong.
{
  const tell = () => document.querySelectorAll("[data-hold]").forEach((hold) => {
    hold.heldSince ??= performance.now();
    const words = hold.querySelector("[data-hold-text]");
    const minutes = Math.max(0, hold.dataset.hold - Math.floor((performance.now() - hold.heldSince) / 60000));
    const text = minutes > 1 ? words.dataset.many.replace("{minutes}", minutes) : minutes ? words.dataset.one : words.dataset.none;
    if (words.textContent.trim() !== text) words.textContent = text;
  });
  setInterval(tell, 60000);
  document.addEventListener("htmx:after:swap", tell);
  tell();
}
