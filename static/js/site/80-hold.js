// How long the things are kept, once a minute and without alarm. The server decides; this only tells.
{
  const tell = () => document.querySelectorAll("[data-hold]").forEach((hold) => {
    const words = hold.querySelector("[data-hold-text]");
    const minutes = Math.max(0, Math.ceil((new Date(hold.dataset.hold) - Date.now()) / 60000));
    const text = minutes > 1 ? words.dataset.many.replace("{minutes}", minutes) : minutes ? words.dataset.one : words.dataset.none;
    if (words.textContent.trim() !== text) words.textContent = text;
  });
  setInterval(tell, 60000);
}
