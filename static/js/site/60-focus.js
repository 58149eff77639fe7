// What went wrong takes the focus, when the page opens and when it arrives in a fragment.
{
  const focusProblem = () => document.querySelector("[data-focus]")?.focus();
  document.addEventListener("htmx:after:swap", (event) => {
    const target = event.detail?.ctx?.target;
    if (target?.querySelector?.("[data-focus]") || document.querySelector("#notices .notice--error")) focusProblem();
  });
  focusProblem();
}
