// Pictures of a product: thumbnails become buttons that change the large one, which opens in full in a dialog.
{
  document.addEventListener("click", (event) => {
    const thumb = event.target.closest("[data-show]");
    const view = event.target.closest("[data-zoom]");
    const gallery = (thumb || view)?.closest("[data-gallery]");
    if (!gallery || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (thumb) {
      gallery.querySelectorAll("[data-zoom]").forEach((one) => { one.hidden = one.dataset.zoom !== thumb.dataset.show; });
      gallery.querySelectorAll("[data-show]").forEach((one) => one.removeAttribute("aria-current"));
      thumb.setAttribute("aria-current", "true");
    } else {
      const picture = new Image();
      picture.src = view.href;
      picture.alt = view.querySelector("img").alt;
      const dialog = gallery.querySelector("dialog");
      dialog.querySelector(".zoom__picture").replaceChildren(picture);
      dialog.showModal();
    }
  });
  const asButtons = () => document.querySelectorAll("[data-show], [data-zoom]").forEach((one) => one.setAttribute("role", "button"));
  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target.matches?.("[data-show], [data-zoom]")) {
      event.preventDefault();
      event.target.click();
    }
  });
  document.addEventListener("htmx:after:swap", asButtons);
  asButtons();
}
