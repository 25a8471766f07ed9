// SPDX-License-Identifier: EUPL-1.2
// <input type="search" data-suggest="/zoeken/suggesties.json">: words and titles that begin with what someone types, as a
// combobox with a list (WAI-ARIA 1.2, "editable combobox with list autocomplete"). The focus stays in the field. Choosing
// a word sends the form, choosing a title goes to its page. Whatever goes wrong: there is no list, and the form works.

import { announce, prepareStatus } from './status.mjs';

const PAUSE_MS = 150;
const LETTERS_MIN = 2;

export function enhanceSuggestions(root) {
  for (const input of root.querySelectorAll('input[data-suggest]')) {
    if (input.form) new Suggestions(input);
  }
}

class Suggestions {
  #input;
  #list = document.createElement('ul');
  #options = [];
  #active = -1;
  #timer;
  #request;

  constructor(input) {
    this.#input = input;
    this.#list.className = 'suggestions';
    this.#list.id = `${input.id}-suggesties`;
    this.#list.role = 'listbox';
    this.#list.ariaLabel = 'Suggesties';
    this.#list.hidden = true;
    input.after(this.#list);
    input.parentElement.classList.add('has-suggestions');
    // A search field may not be a combobox, and empties itself on Escape, which closes the list here.
    input.type = 'text';
    input.enterKeyHint = 'search';
    input.role = 'combobox';
    input.setAttribute('aria-autocomplete', 'list');
    input.setAttribute('aria-controls', this.#list.id);
    input.setAttribute('aria-expanded', 'false');
    prepareStatus();
    input.addEventListener('input', (event) => {
      if (!event.isComposing) this.#schedule();
    });
    input.addEventListener('keydown', (event) => this.#key(event));
    input.addEventListener('blur', () => this.#stop());
    input.form.addEventListener('submit', () => this.#stop());
    this.#list.addEventListener('mousedown', (event) => event.preventDefault()); // keeps the focus in the field
    this.#list.addEventListener('click', (event) => {
      const at = this.#options.findIndex(({ element }) => element.contains(event.target));
      if (at >= 0) this.#choose(at);
    });
  }

  #schedule() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    if (this.#input.value.trim().length < LETTERS_MIN) this.#close();
    else this.#timer = setTimeout(() => this.#ask(), PAUSE_MS);
  }

  async #ask() {
    const request = new AbortController();
    this.#request = request;
    const url = new URL(this.#input.dataset.suggest, location.href);
    url.searchParams.set('q', this.#input.value.trim());
    try {
      const response = await fetch(url, { signal: request.signal, headers: { Accept: 'application/json' } });
      if (!response.ok) throw new Error(`unexpected answer ${response.status}`);
      const { suggesties } = await response.json();
      if (request === this.#request && !request.signal.aborted) this.#show(suggesties);
    } catch {
      if (request === this.#request) this.#close();
    }
  }

  #show(suggestions) {
    this.#options = suggestions.map(({ tekst, soort, pad }, i) => {
      const element = document.createElement('li');
      element.id = `${this.#list.id}-${i + 1}`;
      element.role = 'option';
      element.className = 'suggestion';
      element.setAttribute('aria-selected', 'false');
      element.append(tekst);
      if (soort) {
        const kind = document.createElement('span');
        kind.className = 'suggestion__kind';
        kind.textContent = soort;
        element.append(' ', kind);
      }
      return { element, text: tekst, href: soort && pad };
    });
    this.#list.replaceChildren(...this.#options.map(({ element }) => element));
    this.#activate(-1);
    if (this.#options.length === 0) {
      this.#close();
      return;
    }
    // Under the field, whatever stands beside it.
    this.#list.style.insetBlockStart = `${this.#input.offsetTop + this.#input.offsetHeight}px`;
    this.#list.style.insetInlineStart = `${this.#input.offsetLeft}px`;
    this.#list.style.minInlineSize = `${this.#input.offsetWidth}px`;
    this.#list.hidden = false;
    this.#input.setAttribute('aria-expanded', 'true');
    announce(this.#options.length === 1 ? '1 suggestie' : `${this.#options.length} suggesties`);
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    this.#close();
  }

  #close() {
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#activate(-1);
  }

  /** Marks option AT; -1 is the field itself. */
  #activate(at) {
    this.#active = at;
    this.#options.forEach(({ element }, i) => element.setAttribute('aria-selected', String(i === at)));
    if (at < 0) {
      this.#input.removeAttribute('aria-activedescendant');
      return;
    }
    this.#input.setAttribute('aria-activedescendant', this.#options[at].element.id);
    this.#options[at].element.scrollIntoView({ block: 'nearest' });
  }

  #key(event) {
    const places = this.#options.length + 1;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (this.#list.hidden || event.isComposing) {
      if (event.key === 'ArrowDown' && !event.isComposing) this.#schedule();
      return;
    }
    if (event.key in moves) {
      // The field is one of the places: past the last option the way leads back to it.
      this.#activate(((this.#active + 1 + moves[event.key] + places) % places) - 1);
      event.preventDefault();
    } else if (event.key === 'Escape') {
      this.#stop();
      event.preventDefault();
    } else if (event.key === 'Enter' && this.#active >= 0) {
      this.#choose(this.#active);
      event.preventDefault();
    }
  }

  #choose(at) {
    const { text, href } = this.#options[at];
    this.#stop();
    if (href) {
      location.assign(href);
      return;
    }
    this.#input.value = text;
    this.#input.form.requestSubmit();
  }
}
