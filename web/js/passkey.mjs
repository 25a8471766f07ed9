// SPDX-License-Identifier: EUPL-1.2
// <form data-passkey-register='{...}'> and <form data-passkey-signin='{...}'>: a passkey is made or used when the form
// is sent. The value of the attribute is what the server asks for, as JSON; bytes in it are base64url. What the device
// says goes into the hidden fields of the form, and then the form is sent as usual. What is hidden in the form becomes
// visible when this browser knows passkeys. Without them the page offers another way.

const FAILED = 'Het is niet gelukt met uw passkey. Probeer het nog eens of kies een andere manier.';
const ALREADY = 'Dit apparaat heeft al een passkey voor uw account. U kunt daar gewoon mee inloggen.';

export function enhancePasskeys(root) {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const form of root.querySelectorAll('form[data-passkey-register]')) {
    new PasskeyForm(form, () => register(JSON.parse(form.dataset.passkeyRegister)));
  }
  for (const form of root.querySelectorAll('form[data-passkey-signin]')) {
    new PasskeyForm(form, () => signIn(JSON.parse(form.dataset.passkeySignin)));
  }
}

class PasskeyForm {
  #form;
  #ask;
  #alert;
  #busy = false;

  /** ASK starts the dialogue of the browser and gives the values of the hidden fields by name. */
  constructor(form, ask) {
    this.#form = form;
    this.#ask = ask;
    this.#alert = form.querySelector('[role="alert"]');
    form.hidden = false;
    for (const button of form.querySelectorAll('button[hidden]')) button.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#send();
    });
  }

  async #send() {
    if (this.#busy) return;
    this.#setBusy(true);
    this.#alert.replaceChildren(); // the same words once more are only read out when they come back
    try {
      const fields = await this.#ask();
      for (const [name, value] of Object.entries(fields)) this.#form.elements.namedItem(name).value = value;
      this.#form.submit(); // makes no submit event, so does not come back here
    } catch (error) {
      this.#tell(error.name === 'InvalidStateError' ? ALREADY : FAILED);
    }
    this.#setBusy(false);
  }

  #tell(text) {
    const message = document.createElement('p');
    message.className = 'utrecht-form-field-error-message';
    message.textContent = text;
    this.#alert.append(message);
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.#form.setAttribute('aria-busy', String(busy));
  }
}

async function register(options) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      user: { ...options.user, id: bytesOf(options.user.id) },
      excludeCredentials: options.excludeCredentials.map(withBytes),
    },
  });
  return {
    credential: textOf(made.rawId),
    client_data: textOf(made.response.clientDataJSON),
    attestation: textOf(made.response.attestationObject),
  };
}

async function signIn(options) {
  const used = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: bytesOf(options.challenge),
      allowCredentials: options.allowCredentials.map(withBytes),
    },
  });
  return {
    credential: textOf(used.rawId),
    client_data: textOf(used.response.clientDataJSON),
    authenticator_data: textOf(used.response.authenticatorData),
    signature: textOf(used.response.signature),
    user_handle: textOf(used.response.userHandle ?? new ArrayBuffer(0)), // not every device tells
  };
}

function withBytes(credential) {
  return { ...credential, id: bytesOf(credential.id) };
}

/** base64url without padding to bytes, and back. */
function bytesOf(text) {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

function textOf(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
