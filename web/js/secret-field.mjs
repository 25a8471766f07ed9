// SPDX-License-Identifier: EUPL-1.2
// <div class="secret-field" data-secret="wachtwoord"> around a password box: a button that shows what was typed. With
// data-least="12" too, the last element in it tells while typing how long the password is. Nothing that is typed leaves
// the page before the form is sent.

import { announce, prepareStatus } from './status.mjs';

const PAUSE_MS = 1000; // a screen reader that reads the keys must not be interrupted by each of them
const LONGER = 4;      // characters above the least, from where we no longer ask for more: about a word

export function enhanceSecretFields(root) {
  for (const field of root.querySelectorAll('.secret-field[data-secret]')) {
    const input = field.querySelector('input');
    prepareStatus();
    new ShowButton(field, input);
    if (field.dataset.least) new LengthHint(field.lastElementChild, input, Number(field.dataset.least));
  }
}

class ShowButton {
  #input;
  #verb = document.createElement('span');

  constructor(field, input) {
    this.#input = input;
    const button = document.createElement('button');
    const rest = document.createElement('span');
    rest.className = 'visually-hidden';
    rest.textContent = ` ${field.dataset.secret}`;
    button.type = 'button';
    button.className = 'secret-field__button';
    button.setAttribute('aria-controls', input.id);
    button.append(this.#verb, rest);
    button.addEventListener('click', () => this.#toggle());
    this.#show(false);
    field.classList.add('is-live');
    input.after(button);
    // A browser remembers what is typed in an ordinary text box.
    input.form?.addEventListener('submit', () => this.#show(false));
  }

  #toggle() {
    const shown = this.#input.type === 'password';
    this.#show(shown);
    announce(shown ? 'De tekst is nu te zien.' : 'De tekst is verborgen.');
  }

  #show(shown) {
    this.#input.type = shown ? 'text' : 'password';
    this.#verb.textContent = shown ? 'Verberg' : 'Toon';
  }
}

class LengthHint {
  #hint;
  #least;
  #timer;

  constructor(hint, input, least) {
    this.#hint = hint;
    this.#least = least;
    input.addEventListener('input', () => this.#tell(input.value));
  }

  #tell(value) {
    const text = adviceOn([...value].length, this.#least);
    clearTimeout(this.#timer);
    if (text === this.#hint.textContent) return;
    this.#hint.textContent = text;
    if (text) this.#timer = setTimeout(() => announce(text), PAUSE_MS);
  }
}

function adviceOn(length, least) {
  if (length === 0) return '';
  if (length < least) return `Te kort: nog ${least - length} ${least - length === 1 ? 'teken' : 'tekens'}.`;
  if (length < least + LONGER) return 'Lang genoeg. Langer is beter.';
  return 'Lang. Kies geen bekende zin.';
}
