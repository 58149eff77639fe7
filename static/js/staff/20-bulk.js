// Rows chosen for a bulk action: how many, all of a page, all of the view.
{
  const tell = (form) => {
    const rows = [...form.querySelectorAll("input[name=row]")];
    const all = form.querySelector("[data-bulk-all]").checked;
    const chosen = rows.filter((row) => row.checked).length;
    const words = form.querySelector("[data-bulk-count]");
    words.textContent = chosen && !all ? words.dataset.words.replace("{count}", chosen) : "";
    const head = form.querySelector("[data-pick-all]");
    head.checked = chosen === rows.length;
    head.indeterminate = chosen > 0 && chosen < rows.length;
  };
  document.addEventListener("change", (event) => {
    const form = event.target.closest("[data-bulk]");
    if (!form) return;
    if (event.target.matches("[data-pick-all]")) form.querySelectorAll("input[name=row]").forEach((row) => { row.checked = event.target.checked; });
    if (event.target.matches("[data-bulk-all]") && event.target.checked) form.querySelectorAll("input[name=row]").forEach((row) => { row.checked = true; });
    else if (event.target.name === "row" && !event.target.checked) form.querySelector("[data-bulk-all]").checked = false;
    tell(form);
  });
}
