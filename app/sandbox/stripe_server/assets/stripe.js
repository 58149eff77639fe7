// The part of Stripe.js that the shop uses, with Stripe's names, promises and events, so that the real one takes its
// place by changing one address. The card field is a frame of this script's own origin; nothing typed there is ever
// handed to the page.
(function () {
  "use strict";

  const script = document.currentScript;
  const home = new URL(script.src).origin;

  class IntegrationError extends Error {
    constructor(message) {
      super(message);
      this.name = "IntegrationError";
    }
  }

  function wrong(message) {
    throw new IntegrationError(message);
  }

  // One frame and the private channel to it.
  class Frame {
    constructor(key, title, appearance, onSaid, wallet = false) {
      this.onSaid = onSaid;
      this.waiting = new Map();
      this.next = 1;
      this.ready = new Promise((resolve, reject) => Object.assign(this, { resolve, reject }));
      this.ready.catch(() => {});
      const element = document.createElement("iframe");
      element.title = title;
      element.name = `stoa-card-${Math.random().toString(36).slice(2)}`;
      element.setAttribute("allowtransparency", "true");
      Object.assign(element.style, {
        display: "block", width: "100%", height: "230px", border: "0", margin: "0", background: "transparent",
        colorScheme: "inherit",
      });
      element.src = `${home}/v3/elements/card?origin=${encodeURIComponent(window.location.origin)}`;
      element.addEventListener("load", () => {
        const channel = new MessageChannel();
        channel.port1.onmessage = (event) => this.hear(event.data || {});
        this.port = channel.port1;
        element.contentWindow.postMessage({ type: "open", key, appearance, wallet }, home, [channel.port2]);
      });
      // A frame that is refused or cut off still says it has loaded; only its word on the channel proves it is there.
      this.patience = window.setTimeout(() => this.fail(), 15000);
      element.addEventListener("error", () => this.fail());
      this.element = element;
    }

    fail() {
      this.reject(new Error("The card field did not load."));
      this.onSaid({ type: "loaderror" });
    }

    hear(message) {
      if (message.type === "ready") {
        window.clearTimeout(this.patience);
        this.resolve();
      } else if (message.type === "height") {
        this.element.style.height = `${Math.ceil(message.height)}px`;
        return;
      } else if (message.type === "answer") {
        const answer = this.waiting.get(message.id);
        this.waiting.delete(message.id);
        if (answer) answer(message.answer);
        return;
      }
      this.onSaid(message);
    }

    async ask(call, params) {
      try {
        await this.ready;
      } catch {
        return {
          error: {
            type: "api_connection_error",
            message: "The card field did not load. Please reload the page and try again.",
          },
        };
      }
      return new Promise((resolve) => {
        const id = this.next++;
        this.waiting.set(id, resolve);
        this.port.postMessage({ id, call, params: params ? JSON.parse(JSON.stringify(params)) : {} });
      });
    }

    remove() {
      window.clearTimeout(this.patience);
      this.element.remove();
    }
  }

  class CardElement {
    constructor(type, elements, options) {
      this.type = type;
      this.elements = elements;
      this.options = options || {};
      this.listeners = new Map();
      this.frame = null;
    }

    mount(where) {
      const node = typeof where === "string" ? document.querySelector(where) : where;
      if (!node) wrong(`The selector you specified (${where}) applies to no DOM elements that are currently on the page.`);
      if (this.destroyed) wrong("This Element has already been destroyed. Please create a new one.");
      if (this.frame) this.unmount();
      const wallet = this.type === "payment" && this.options.wallets?.googlePay !== "never";
      this.frame = new Frame(this.elements.key, "Card", this.elements.appearance, (said) => this.tell(said), wallet);
      node.replaceChildren(this.frame.element);
      return this;
    }

    unmount() {
      if (this.frame) this.frame.remove();
      this.frame = null;
      return this;
    }

    destroy() {
      this.unmount();
      this.destroyed = true;
      this.elements.forget(this);
      return this;
    }

    on(event, listener) {
      this.listeners.set(event, [...(this.listeners.get(event) || []), listener]);
      return this;
    }

    once(event, listener) {
      const first = (said) => {
        this.off(event, first);
        listener(said);
      };
      return this.on(event, first);
    }

    off(event, listener) {
      this.listeners.set(event, (this.listeners.get(event) || []).filter((each) => listener && each !== listener));
      return this;
    }

    tell(said) {
      const event = { elementType: this.type };
      if (said.type === "change") {
        Object.assign(event, { empty: said.empty, complete: said.complete, collapsed: false, value: { type: said.method } });
        if (this.type === "card") event.brand = said.brand;
      }
      if (said.type === "loaderror") {
        event.error = { type: "api_connection_error", message: "The card field did not load." };
      }
      for (const listener of this.listeners.get(said.type) || []) listener(event);
    }

    update(options) {
      Object.assign(this.options, options);
    }

    focus() {
      this.call("focus");
    }

    blur() {
      this.call("blur");
    }

    clear() {
      this.call("clear");
    }

    collapse() {}

    call(name, params) {
      if (!this.frame) wrong("The Element is not mounted. Mount it before calling this.");
      return this.frame.ask(name, params);
    }
  }

  class Elements {
    constructor(key, options) {
      this.key = key;
      this.options = options;
      this.appearance = options.appearance || {};
      this.made = [];
      this.submitted = false;
    }

    create(type, options) {
      if (!["payment", "card"].includes(type)) wrong(`A valid Element name must be provided. Valid Elements here are: payment, card. You passed: ${type}.`);
      if (this.made.length) wrong(`Can only create one Element of type ${type}.`);
      const element = new CardElement(type, this, options);
      this.made.push(element);
      return element;
    }

    getElement(type) {
      return this.made.find((element) => element.type === type) || null;
    }

    forget(element) {
      this.made = this.made.filter((each) => each !== element);
    }

    update(options) {
      Object.assign(this.options, options);
      if (options.appearance) {
        this.appearance = options.appearance;
        for (const element of this.made) if (element.frame) element.call("appearance", options.appearance);
      }
    }

    async fetchUpdates() {
      return {};
    }

    async submit() {
      const element = this.made[0];
      if (!element || !element.frame) wrong("elements.submit() needs a mounted Element.");
      const { error, method } = await element.call("check");
      this.submitted = !error;
      return error ? { error } : { selectedPaymentMethod: method };
    }
  }

  // The bank's page over the shop's, for payments whose next step is Stripe.js's own.
  function confirmOver(url) {
    return new Promise((resolve) => {
      const dialog = document.createElement("dialog");
      const frame = document.createElement("iframe");
      frame.title = "Confirm your payment";
      frame.src = url;
      Object.assign(frame.style, { width: "100%", height: "100%", border: "0" });
      Object.assign(dialog.style, { width: "min(480px, 94vw)", height: "min(520px, 90vh)", padding: "0", border: "0", borderRadius: "12px" });
      dialog.append(frame);
      document.body.append(dialog);
      const end = () => {
        window.removeEventListener("message", hear);
        dialog.remove();
        resolve();
      };
      const hear = (event) => {
        if (event.origin === home && event.source === frame.contentWindow && event.data?.type === "authenticated") end();
      };
      window.addEventListener("message", hear);
      dialog.addEventListener("cancel", end);
      dialog.showModal();
    });
  }

  class StripeClient {
    constructor(key, options) {
      this.key = key;
      this.options = options || {};
    }

    elements(options) {
      const given = options || {};
      if (!given.clientSecret && given.mode === undefined && Object.keys(given).length) {
        if (given.amount !== undefined) wrong("elements() needs mode: 'payment' beside an amount.");
      }
      if (given.mode === "payment" && !(Number.isInteger(given.amount) && given.amount > 0 && typeof given.currency === "string")) {
        wrong("Invalid value for elements(): amount must be a positive integer and currency a string.");
      }
      return new Elements(this.key, { ...given });
    }

    async createConfirmationToken(options) {
      const elements = options && options.elements;
      const element = options && (options.element || (elements && elements.made[0]));
      if (!element || !element.frame) wrong("createConfirmationToken() needs elements, or an element, that is mounted.");
      const owner = element.elements;
      if (!owner.submitted) {
        return {
          error: {
            type: "invalid_request_error",
            message: "You must call elements.submit() before stripe.createConfirmationToken().",
          },
        };
      }
      const answer = await element.call("createToken", (options && options.params) || {});
      return answer.error ? { error: answer.error } : { confirmationToken: answer.value };
    }

    async retrievePaymentIntent(clientSecret) {
      const id = String(clientSecret).split("_secret_")[0];
      const answer = await this.quietly((frame) => frame.ask("retrieveIntent", { id, clientSecret }));
      return answer.error ? { error: answer.error } : { paymentIntent: answer.value };
    }

    async handleNextAction({ clientSecret }) {
      const first = await this.retrievePaymentIntent(clientSecret);
      if (first.error || first.paymentIntent.status !== "requires_action") return first;
      const action = first.paymentIntent.next_action;
      if (action.type === "redirect_to_url") {
        window.location.assign(action.redirect_to_url.url);
        return new Promise(() => {});
      }
      await confirmOver(action.use_stripe_sdk.stripe_js);
      const last = await this.retrievePaymentIntent(clientSecret);
      if (!last.error && last.paymentIntent.status === "requires_payment_method") {
        return { error: { ...last.paymentIntent.last_payment_error, payment_intent: last.paymentIntent } };
      }
      return last;
    }

    async quietly(work) {
      const frame = new Frame(this.key, "Stripe", {}, () => {});
      frame.element.hidden = true;
      frame.element.setAttribute("aria-hidden", "true");
      frame.element.tabIndex = -1;
      document.body.append(frame.element);
      try {
        return await work(frame);
      } finally {
        frame.remove();
      }
    }
  }

  function Stripe(key, options) {
    if (typeof key !== "string" || !key.startsWith("pk_")) {
      wrong("Please call Stripe() with your publishable key. You used something else.");
    }
    return new StripeClient(key, options);
  }
  Stripe.version = "basil";
  window.Stripe = Stripe;
})();
