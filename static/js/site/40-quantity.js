// One more, one less, within what may be bought; the field says it changed, so that forms and fragments react.
{
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (!button) return;
    const input = button.closest("[data-quantity]").querySelector("input");
    const before = input.value;
    if (button.dataset.step > 0) input.stepUp(); else input.stepDown();
    if (input.value !== before) input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
