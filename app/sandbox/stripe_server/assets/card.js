// The card field. It lives on the gateway's own origin, so that the shop's page never sees a number; it talks to the
// page that embeds it over one private channel, which that page opens once, and only says what Stripe's frame says.
"use strict";

const fields = {
  number: document.getElementById("number"),
  expiry: document.getElementById("expiry"),
  cvc: document.getElementById("cvc"),
};
const choice = document.getElementById("choice");
const cardPart = document.getElementById("card-part");
const walletPart = document.getElementById("wallet-part");
const brandMark = document.getElementById("brand");
let page = null;
let key = "";

const BRANDS = [
  ["visa", "Visa", /^4/, [13, 16, 19], 3],
  ["mastercard", "Mastercard", /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16], 3],
  ["amex", "American Express", /^3[47]/, [15], 4],
  ["discover", "Discover", /^(60|64|65)/, [16, 19], 3],
  ["diners", "Diners Club", /^3[0689]/, [14, 16], 3],
  ["jcb", "JCB", /^35/, [16, 19], 3],
];
const UNKNOWN = ["unknown", "", /^/, [16, 19], 3];

const digits = (text) => text.replace(/\D/g, "");
const brandOf = (number) => BRANDS.find((brand) => brand[2].test(number)) || UNKNOWN;

function passesLuhn(number) {
  let total = 0;
  [...number].reverse().forEach((digit, place) => {
    const value = Number(digit) * (place % 2 ? 2 : 1);
    total += value > 9 ? value - 9 : value;
  });
  return total % 10 === 0;
}

function grouped(number, brand) {
  const groups = brand[0] === "amex" ? /^(\d{1,4})(\d{1,6})?(\d{1,5})?/ : /^(\d{1,4})(\d{1,4})?(\d{1,4})?(\d{1,4})?(\d{1,3})?/;
  const match = number.match(groups);
  return match ? match.slice(1).filter(Boolean).join(" ") : "";
}

function expiryOf(text) {
  const match = text.replace(/\s/g, "").match(/^(\d{1,2})[/\-.]?(\d{2}|\d{4})$/);
  if (!match) return null;
  const year = Number(match[2].length === 2 ? `20${match[2]}` : match[2]);
  return { month: Number(match[1]), year };
}

function wrongNumber() {
  const number = digits(fields.number.value);
  if (!number) return ["incomplete_number", "Enter your card number."];
  const brand = brandOf(number);
  if (number.length < Math.min(...brand[3])) return ["incomplete_number", "Your card number is incomplete."];
  if (!passesLuhn(number) || number.length > 19) return ["invalid_number", "Your card number is invalid."];
  return null;
}

function wrongExpiry() {
  const text = fields.expiry.value.trim();
  if (!text) return ["incomplete_expiry", "Enter your card's expiry date, as month and year."];
  const expiry = expiryOf(text);
  if (!expiry || expiry.month < 1 || expiry.month > 12) {
    return ["incomplete_expiry", "Enter the expiry date as two digits for the month and two for the year."];
  }
  const now = new Date();
  const past = expiry.year < now.getFullYear() || (expiry.year === now.getFullYear() && expiry.month <= now.getMonth());
  if (past) return ["invalid_expiry_year_past", "Your card's expiry date is in the past."];
  if (expiry.year > now.getFullYear() + 50) return ["invalid_expiry_year", "Your card's expiry year is invalid."];
  return null;
}

function wrongCvc() {
  const code = digits(fields.cvc.value);
  const length = brandOf(digits(fields.number.value))[4];
  if (!code) return ["incomplete_cvc", "Enter your card's security code."];
  if (code.length !== length) return ["incomplete_cvc", `The security code of your card has ${length} digits.`];
  return null;
}

const CHECKS = { number: wrongNumber, expiry: wrongExpiry, cvc: wrongCvc };

function show(name, problem) {
  document.getElementById(`${name}-error`).textContent = problem ? problem[1] : "";
  if (problem) fields[name].setAttribute("aria-invalid", "true");
  else fields[name].removeAttribute("aria-invalid");
}

function say(message) {
  if (page) page.postMessage(message);
}

const method = () => (document.getElementById("by-wallet").checked ? "google_pay" : "card");

function tellChange() {
  const values = Object.values(fields).map((field) => field.value.trim());
  const byWallet = method() !== "card";
  say({
    type: "change",
    method: method(),
    empty: !byWallet && values.every((value) => !value),
    complete: byWallet || Object.values(CHECKS).every((check) => !check()),
    brand: brandOf(digits(fields.number.value))[0],
  });
}

choice.addEventListener("change", () => {
  cardPart.hidden = method() !== "card";
  walletPart.hidden = !cardPart.hidden;
  tellChange();
});

function tidyNumber() {
  const field = fields.number;
  const atEnd = field.selectionStart === field.value.length;
  const number = digits(field.value).slice(0, 19);
  const brand = brandOf(number);
  const text = grouped(number, brand);
  const before = digits(field.value.slice(0, field.selectionStart)).length;
  if (field.value !== text) {
    field.value = text;
    if (!atEnd) {
      let place = 0;
      for (let seen = 0; place < text.length && seen < before; place += 1) if (/\d/.test(text[place])) seen += 1;
      field.setSelectionRange(place, place);
    }
  }
  brandMark.textContent = number ? brand[1] : "";
  fields.cvc.maxLength = brand[4];
}

function tidyExpiry(event) {
  const field = fields.expiry;
  if (event.inputType && event.inputType.startsWith("delete")) return;
  let number = digits(field.value);
  if (/^[2-9]/.test(number)) number = `0${number}`;
  if (field.value.includes("/") && number.length < 3) return;
  if (number.length > 4) return;
  field.value = number.length >= 2 ? `${number.slice(0, 2)} / ${number.slice(2)}` : number;
}

fields.number.addEventListener("input", tidyNumber);
fields.expiry.addEventListener("input", tidyExpiry);
fields.cvc.addEventListener("input", () => {
  const clean = digits(fields.cvc.value);
  if (clean !== fields.cvc.value) fields.cvc.value = clean;
});
for (const [name, field] of Object.entries(fields)) {
  field.addEventListener("input", () => {
    if (field.getAttribute("aria-invalid")) show(name, CHECKS[name]());
    tellChange();
  });
  field.addEventListener("blur", () => {
    if (field.value.trim()) show(name, CHECKS[name]());
    say({ type: "blur" });
  });
  field.addEventListener("focus", () => say({ type: "focus" }));
}
document.getElementById("card").addEventListener("submit", (event) => event.preventDefault());

function check() {
  if (method() !== "card") return null;
  let first = null;
  for (const name of Object.keys(fields)) {
    const problem = CHECKS[name]();
    show(name, problem);
    if (problem && !first) first = { name, problem };
  }
  if (first) fields[first.name].focus();
  return first && { type: "validation_error", code: first.problem[0], message: first.problem[1] };
}

function flat(value, name, into) {
  if (value === null || value === undefined) return into;
  if (typeof value === "object") for (const [part, below] of Object.entries(value)) flat(below, name ? `${name}[${part}]` : part, into);
  else into.append(name, String(value));
  return into;
}

async function ask(method, path, params) {
  const body = flat(params, "", new URLSearchParams());
  const url = method === "GET" && [...body].length ? `${path}?${body}` : path;
  try {
    const answer = await fetch(url, {
      method,
      headers: { Authorization: `Bearer ${key}`, "Content-Type": "application/x-www-form-urlencoded" },
      body: method === "GET" ? undefined : body,
      credentials: "omit",
      cache: "no-store",
    });
    const told = await answer.json();
    return answer.ok ? { value: told } : { error: told.error };
  } catch {
    return {
      error: {
        type: "api_connection_error",
        message: "The payment service cannot be reached. Please check your connection and try again.",
      },
    };
  }
}

function typedCard() {
  const expiry = expiryOf(fields.expiry.value);
  return {
    number: digits(fields.number.value),
    exp_month: expiry.month,
    exp_year: expiry.year,
    cvc: digits(fields.cvc.value),
  };
}

// What a shopper's wallet would hold in test mode.
function walletCard() {
  return {
    number: "4242424242424242",
    exp_month: 12,
    exp_year: new Date().getFullYear() + 3,
    wallet: { type: "google_pay" },
  };
}

async function createToken(params) {
  const problem = check();
  if (problem) return { error: problem };
  const given = params.payment_method_data || {};
  return ask("POST", "/v1/confirmation_tokens", {
    ...params,
    payment_method_data: { ...given, type: "card", card: method() === "card" ? typedCard() : walletCard() },
  });
}

const CALLS = {
  check: () => ({ error: check(), method: method() }),
  createToken,
  retrieveIntent: ({ id, clientSecret }) => ask("GET", `/v1/payment_intents/${id}`, { client_secret: clientSecret }),
  focus: () => (fields.number.focus(), {}),
  blur: () => (document.activeElement && document.activeElement.blur(), {}),
  clear: () => {
    for (const name of Object.keys(fields)) {
      fields[name].value = "";
      show(name, null);
    }
    brandMark.textContent = "";
    tellChange();
    return {};
  },
  appearance: (appearance) => (dress(appearance), {}),
};

const NAMES = {
  colorText: "--ink",
  colorTextSecondary: "--second",
  colorBackground: "--field",
  colorDanger: "--danger",
  colorPrimary: "--focus",
  borderRadius: "--radius",
  fontFamily: "--font",
  fontSizeBase: "--size",
};

function dress(appearance) {
  const root = document.documentElement.style;
  if (appearance.theme === "night") root.colorScheme = "dark";
  if (appearance.theme === "stripe" || appearance.theme === "flat") root.colorScheme = "light";
  for (const [name, value] of Object.entries(appearance.variables || {})) {
    if (NAMES[name]) root.setProperty(NAMES[name], String(value));
  }
}

async function hear(event) {
  const { id, call, params } = event.data || {};
  if (!Object.hasOwn(CALLS, call)) return;
  const answer = await CALLS[call](params || {});
  say({ type: "answer", id, answer });
}

// Only the page around this frame may open the channel, once, and it must be the one that it said it is.
window.addEventListener("message", (event) => {
  if (page || event.source !== window.parent || event.data?.type !== "open" || !event.ports[0]) return;
  const said = new URLSearchParams(window.location.search).get("origin");
  if (event.origin !== said) return;
  page = event.ports[0];
  key = String(event.data.key || "");
  dress(event.data.appearance || {});
  choice.hidden = !event.data.wallet;
  page.onmessage = hear;
  new ResizeObserver(() => say({ type: "height", height: document.documentElement.getBoundingClientRect().height }))
    .observe(document.body);
  say({ type: "ready" });
});
