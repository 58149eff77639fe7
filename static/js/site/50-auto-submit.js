// A form with data-auto-submit is sent as soon as something in it is changed.
{
  document.addEventListener("change", (event) => event.target.form?.matches("[data-auto-submit]") && event.target.form.requestSubmit());
}
