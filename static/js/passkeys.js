// Making and using a passkey. Without this script, or in a browser without passkeys, codes do the same.
(() => {
  "use strict";

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const credentials = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const ask = async (form) => {
    const answer = await fetch(form.dataset.options, { method: "POST", credentials: "same-origin" });
    if (!answer.ok) throw new Error(`options: ${answer.status}`);
    return answer.json();
  };

  const make = async (form) => {
    const asked = await ask(form);
    const made = await navigator.credentials.create({
      publicKey: {
        ...asked,
        challenge: bytes(asked.challenge),
        user: { ...asked.user, id: bytes(asked.user.id) },
        excludeCredentials: credentials(asked.excludeCredentials),
      },
    });
    return {
      attestationObject: text(made.response.attestationObject),
      clientDataJSON: text(made.response.clientDataJSON),
      ...plain(made),
    };
  };

  const use = async (form) => {
    const asked = await ask(form);
    const used = await navigator.credentials.get({
      publicKey: { ...asked, challenge: bytes(asked.challenge), allowCredentials: credentials(asked.allowCredentials) },
    });
    return {
      authenticatorData: text(used.response.authenticatorData),
      clientDataJSON: text(used.response.clientDataJSON),
      signature: text(used.response.signature),
      ...plain(used),
    };
  };

  const plain = (credential) => ({ rawId: text(credential.rawId), id: credential.id, type: credential.type });

  const asAnswer = ({ rawId, id, type, ...response }) => JSON.stringify({ id, rawId, type, response, clientExtensionResults: {} });

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const error = form.querySelector("[data-passkey-error]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (form.elements.answer.value) return;
      event.preventDefault();
      error.hidden = true;
      try {
        const answer = await (form.dataset.passkey === "make" ? make(form) : use(form));
        form.elements.answer.value = asAnswer(answer);
        form.submit();
      } catch {
        error.textContent = form.dataset.failed;
        error.hidden = false;
      }
    });
  }
})();
