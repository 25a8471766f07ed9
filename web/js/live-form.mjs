// SPDX-License-Identifier: EUPL-1.2
// <form method="get" data-live="#resultaten, #filters">: results follow while someone types.
//
// The request is the one the form would make anyway; the named elements are taken out of the full answer and put
// in place of the ones on the page. The server needs no second kind of answer. Whatever goes wrong: the form is
// simply sent.

import { announce, prepareStatus } from './status.mjs';

const PAUSE_MS = 250;

export function enhanceLiveForms(root) {
  for (const form of root.querySelectorAll('form[data-live]')) {
    if (form.method === 'get' && targetsOf(form, document).length > 0) new LiveForm(form);
  }
}

/** The elements of DOC that FORM keeps up to date. */
function targetsOf(form, doc) {
  return [...doc.querySelectorAll(form.dataset.live)];
}

function addressOf(form) {
  const url = new URL(form.action);
  url.search = new URLSearchParams(new FormData(form)).toString();
  return url;
}

/** Tells the server that somebody may still be typing; not part of the address that people see. */
function liveAddress(url) {
  const live = new URL(url);
  live.searchParams.set('live', '1');
  return live;
}

class LiveForm {
  #form;
  #timer;
  #request;
  #shown;

  constructor(form) {
    this.#form = form;
    this.#shown = addressOf(form).href;
    prepareStatus();
    form.classList.add('is-live');
    form.addEventListener('input', (event) => {
      if (!event.isComposing) this.#schedule();
    });
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#refresh();
    });
  }

  #schedule() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresh(), PAUSE_MS);
  }

  async #refresh() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    const url = addressOf(this.#form);
    if (url.href === this.#shown) {
      this.#setBusy(false);
      return;
    }

    const request = new PageRequest(liveAddress(url));
    this.#request = request;
    this.#setBusy(true);
    try {
      const page = await request.answer();
      if (page) this.#show(page, url);
    } catch {
      this.#form.submit();
    }
    if (request === this.#request) this.#setBusy(false); // else a later one is still under way
  }

  #setBusy(busy) {
    for (const target of targetsOf(this.#form, document)) target.setAttribute('aria-busy', String(busy));
  }

  #show(page, url) {
    const fresh = targetsOf(this.#form, page);
    const stale = targetsOf(this.#form, document);
    if (fresh.length !== stale.length) throw new Error('the answer is another kind of page');
    stale.forEach((target, i) => target.replaceChildren(...fresh[i].childNodes));
    this.#shown = url.href;
    history.replaceState(history.state, '', url);
    document.title = page.title;
    const status = document.querySelector('[data-live-status]');
    if (status) announce(status.textContent.trim());
  }
}

/**
 * Fetches a page as a document. XMLHttpRequest, because it hands over a parsed document (in which no script runs),
 * so we need no Trusted Types policy: the page can forbid every one.
 */
class PageRequest {
  #request = new XMLHttpRequest();
  #url;

  constructor(url) {
    this.#url = url;
  }

  abort() {
    this.#request.abort();
  }

  /** Resolves to the document, or to null when the request was aborted; rejects on anything unexpected. */
  answer() {
    const request = this.#request;
    return new Promise((resolve, reject) => {
      request.open('GET', this.#url);
      request.responseType = 'document';
      request.onabort = () => resolve(null);
      request.onerror = () => reject(new Error('network'));
      request.onload = () => {
        const redirected = new URL(request.responseURL).pathname !== this.#url.pathname;
        if (request.status === 200 && request.response && !redirected) resolve(request.response);
        else reject(new Error(`unexpected answer ${request.status}`));
      };
      request.send();
    });
  }
}
