// The card step. The card's number is typed into the gateway's own frame and never reaches this page: what is sent with
// the form is a token that the gateway gives for it.
{
  const form = document.querySelector("form[data-publishable-key]");
  const free = () => document.dispatchEvent(new Event("stoa:free"));

  const open = () => {
    const problem = document.getElementById("card-error");
    const tell = (words) => {
      problem.textContent = words;
      problem.hidden = !words;
    };
    if (!window.Stripe) {
      tell(form.dataset.missing);
      return;
    }
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const appearance = () => ({ theme: dark.matches ? "night" : "stripe" });
    const stripe = window.Stripe(form.dataset.publishableKey);
    const elements = stripe.elements({
      mode: "payment",
      amount: Number(form.dataset.amount),
      currency: form.dataset.currency,
      captureMethod: "manual",
      appearance: appearance(),
    });
    const card = elements.create("payment", { fields: { billingDetails: "never" }, layout: "tabs" });
    dark.addEventListener("change", () => elements.update({ appearance: appearance() }));
    card.on("loaderror", () => tell(form.dataset.missing));
    card.mount("#card");

    let sending = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (sending) return;
      sending = true;
      tell("");
      const fail = (words) => {
        tell(words);
        sending = false;
        free();
      };
      try {
        const checked = await elements.submit();
        if (checked.error) return fail(checked.error.message);
        const made = await stripe.createConfirmationToken({
          elements,
          params: { payment_method_data: { billing_details: JSON.parse(form.dataset.billing) } },
        });
        if (made.error) return fail(made.error.message);
        form.elements.confirmation_token.value = made.confirmationToken.id;
        form.submit();
      } catch {
        fail(form.dataset.missing);
      }
    });
    // Who comes back by the back button sends a token that was used; a new page has a new key and asks for the card again.
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  };

  if (form) open();

  // The bank's page replaces this one, so that the back button leads to the payment step and not in a circle.
  const onward = document.querySelector("[data-go-on]");
  if (onward) location.replace(onward.href);
}
