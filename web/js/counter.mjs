// SPDX-License-Identifier: EUPL-1.2
// <p data-counter="500" id="tekst-teller"> for the field "tekst": how many characters are left. The number changes in
// sight; only running short and going over is read out.

import { announce, prepareStatus } from './status.mjs';

const SHORT = 0.1; // of the maximum

export function enhanceCounters(root) {
  for (const counter of root.querySelectorAll('[data-counter]')) {
    const field = document.getElementById(counter.id.replace(/-teller$/, ''));
    if (field) follow(field, counter, Number(counter.dataset.counter));
  }
}

function follow(field, counter, max) {
  prepareStatus();
  let told = 'enough';
  const show = () => {
    const left = max - field.value.length;
    const text = left < 0 ? `${count(-left)} te veel.` : `Nog ${count(left)}.`;
    const state = left < 0 ? 'over' : left < max * SHORT ? 'short' : 'enough';
    counter.textContent = text;
    counter.classList.toggle('is-over', left < 0);
    if (state !== told && state !== 'enough') announce(text);
    told = state;
  };
  field.addEventListener('input', show);
  show();
}

function count(n) {
  return n === 1 ? '1 teken' : `${n.toLocaleString('nl-NL')} tekens`;
}
