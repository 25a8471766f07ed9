// SPDX-License-Identifier: EUPL-1.2
// <form data-autosave="/adres" data-draft="sleutel">: the fields of the form are sent to that address shortly after
// typing stops, when a field is left, and when the page goes out of sight. An element with data-autosave-status in the
// form tells how it went. See README.md, "Writing".

import { readCopy, removeCopy, removeOldCopies, writeCopy } from './draft-copy.mjs';

const PAUSE_MS = 3000; // after the last key
const AT_MOST_MS = 30_000; // for who never stops typing
const ANSWER_MS = 20_000;
const FIRST_RETRY_MS = 5000;
const LAST_RETRY_MS = 60_000;
const KEEPALIVE_BYTES = 60_000; // browsers refuse more than 64 kB from a page that is being left

const OFFLINE = 'Geen verbinding. Uw tekst staat nog in dit venster; wij proberen het opnieuw.';
const STOPPED = {
  outdated: 'Bewaren lukt niet meer: u bent uitgelogd of de pagina staat te lang open. Uw tekst staat nog op dit '
    + 'apparaat. Laad de pagina opnieuw; dan kunt u uw tekst terugzetten.',
  conflict: 'Iemand anders heeft deze tekst ook gewijzigd. Bewaar met de knop onder het formulier: dan ziet u beide '
    + 'teksten.',
  refused: 'Dit concept kan niet vanzelf worden bewaard. Bewaar met de knop onder het formulier: dan ziet u wat er '
    + 'niet klopt.',
};

export function enhanceAutosave(root) {
  removeOldCopies();
  for (const form of root.querySelectorAll('form[data-autosave]')) new Autosave(form);
}

/** The fields a person fills in; hidden ones are the server's. */
function typedFields(form) {
  return [...form.elements].filter((field) => field.name && (field.localName === 'textarea'
    || (field.localName === 'input' && ['text', 'search', 'url', 'email', 'date', 'number'].includes(field.type))));
}

const valuesOf = (form) => Object.fromEntries(typedFields(form).map(({ name, value }) => [name, value]));

/** Everything the form would send, files excepted. */
function bodyOf(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
}

function clock(ms) {
  return new Date(ms).toLocaleTimeString('nl-NL', { hour: '2-digit', minute: '2-digit' });
}

function day(ms) {
  return new Date(ms).toLocaleDateString('nl-NL', { day: 'numeric', month: 'long' });
}

class Autosave {
  #form;
  #status;
  #saved; // what the server has, as text
  #changedAt = 0; // of the first change that was not sent
  #timer;
  #sending = false;
  #retryMs = FIRST_RETRY_MS;
  #failing = false;
  #stopped = false;
  #submitting = false;
  #offer = null; // an older copy waits for a decision: do not write over it

  constructor(form) {
    this.#form = form;
    this.#status = form.querySelector('[data-autosave-status]');
    this.#saved = this.#current();
    form.addEventListener('input', () => this.#changed());
    form.addEventListener('change', () => this.#changed());
    form.addEventListener('focusout', () => this.#saveIfIdle());
    form.addEventListener('submit', () => { this.#submitting = true; });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.#saveIfIdle();
    });
    window.addEventListener('online', () => {
      if (this.#failing) this.#save();
    });
    window.addEventListener('pageshow', () => { this.#submitting = false; });
    window.addEventListener('beforeunload', (event) => {
      if (this.#isDirty() && !this.#submitting) event.preventDefault();
    });
    this.#offerCopy();
  }

  // Without the token: each drawing of the form has another.
  #current() {
    const body = bodyOf(this.#form);
    body.delete('csrf');
    return body.toString();
  }

  #isDirty() {
    return this.#current() !== this.#saved;
  }

  #changed() {
    if (!this.#isDirty()) return;
    this.#keepCopy();
    this.#changedAt ||= Date.now();
    if (this.#failing || this.#stopped) return; // the retry sends this too
    const longest = this.#changedAt + AT_MOST_MS - Date.now();
    this.#schedule(Math.max(0, Math.min(PAUSE_MS, longest)));
  }

  #keepCopy() {
    if (!this.#offer) writeCopy(this.#form.dataset.draft, valuesOf(this.#form));
  }

  #schedule(ms) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), ms);
  }

  #saveIfIdle() {
    if (!this.#failing && !this.#stopped) this.#save();
  }

  async #save() {
    clearTimeout(this.#timer);
    if (this.#sending || this.#submitting || !this.#isDirty()) return;
    this.#sending = true;
    this.#changedAt = 0;
    const sent = this.#current();
    try {
      await this.#handle(await this.#post(), sent);
    } catch {
      this.#retry();
    }
    this.#sending = false;
    if (!this.#failing && !this.#stopped && this.#isDirty()) this.#schedule(PAUSE_MS);
  }

  #post() {
    const body = bodyOf(this.#form);
    return fetch(this.#form.dataset.autosave, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: { Accept: 'application/json' },
      keepalive: body.toString().length < KEEPALIVE_BYTES,
      signal: AbortSignal.timeout(ANSWER_MS),
    });
  }

  async #handle(response, sent) {
    const { status } = response;
    if (response.ok) await this.#done(response, sent);
    else if (response.type === 'opaqueredirect' || status === 401 || status === 403) this.#stop(STOPPED.outdated);
    else if (status === 409) this.#stop(STOPPED.conflict);
    else if (status >= 400 && status < 500 && status !== 408 && status !== 429) this.#stop(STOPPED.refused);
    else this.#retry();
  }

  /** The answer may hold new values for hidden fields, such as the version that was made: { fields: { name: text } }. */
  async #done(response, sent) {
    const unchanged = this.#current() === sent;
    const answer = response.status === 204 ? {} : await response.json();
    for (const [name, value] of Object.entries(answer.fields ?? {})) {
      const field = this.#form.elements.namedItem(name);
      if (field?.type === 'hidden') field.value = value;
    }
    this.#saved = unchanged ? this.#current() : sent;
    this.#failing = false;
    this.#retryMs = FIRST_RETRY_MS;
    if (unchanged && !this.#offer) removeCopy(this.#form.dataset.draft);
    this.#tell(`Concept bewaard om ${clock(Date.now())}.`);
  }

  #retry() {
    this.#failing = true;
    this.#tell(OFFLINE);
    this.#schedule(this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
  }

  #stop(message) {
    this.#stopped = true;
    this.#tell(message);
  }

  /** The same words again would be read out again. */
  #tell(text) {
    if (this.#status && this.#status.textContent !== text) this.#status.textContent = text;
  }

  /** Text of an earlier visit that never arrived is offered, not put back unasked: the server may have newer text. */
  #offerCopy() {
    const copy = readCopy(this.#form.dataset.draft);
    const fields = typedFields(this.#form).filter(({ name }) => typeof copy?.fields?.[name] === 'string');
    if (!fields.some(({ name, value }) => value.trim() !== copy.fields[name].trim())) {
      removeCopy(this.#form.dataset.draft);
      return;
    }
    this.#offer = offerElement(`${day(copy.at)}, ${clock(copy.at)} uur`, (wanted) => {
      this.#offer.remove();
      this.#offer = null;
      for (const field of wanted ? fields : []) {
        field.value = copy.fields[field.name];
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      if (!wanted) removeCopy(this.#form.dataset.draft);
      (fields[0] ?? this.#form).focus();
      if (this.#isDirty()) this.#keepCopy();
    });
    this.#form.prepend(this.#offer);
  }
}

/** A question with two buttons; DECIDE gets true for "put it back". */
function offerElement(time, decide) {
  const box = document.createElement('section');
  box.className = 'editor-offer';
  box.setAttribute('aria-label', 'Niet bewaarde tekst');
  const text = document.createElement('p');
  text.textContent = `Op dit apparaat staat tekst van ${time} die nog niet is bewaard.`;
  const row = document.createElement('div');
  row.className = 'button-row';
  row.append(offerButton('Zet mijn tekst terug', () => decide(true)), offerButton('Gooi die weg', () => decide(false)));
  box.append(text, row);
  return box;
}

function offerButton(label, onClick) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'nl-button nl-button--secondary';
  button.textContent = label;
  button.addEventListener('click', onClick);
  return button;
}
