// Dialogs: a button with data-open="id" opens one, a press on the backdrop closes it, and one that arrives in a
// fragment with data-open-now opens by itself. Focus goes to its title and comes back by itself.
{
  const open = (dialog) => {
    if (!dialog || dialog.open) return;
    dialog.showModal();
    dialog.querySelector("h2")?.focus();
  };
  const openArrived = () => document.querySelectorAll("dialog[data-open-now]").forEach((dialog) => {
    dialog.removeAttribute("data-open-now");
    open(dialog);
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) {
      event.preventDefault();
      open(document.getElementById(opener.dataset.open));
    } else if (event.target.matches("dialog[data-light-close]")) {
      event.target.close();
    }
  });
  document.addEventListener("htmx:after:swap", openArrived);
  openArrived();
}
