// SPDX-License-Identifier: EUPL-1.2
// <button type="button" data-copy-link hidden>: copies the address of this page. Hidden until we know it can work.

import { announce, prepareStatus } from './status.mjs';

export function enhanceCopyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll('[data-copy-link]')) {
    prepareStatus();
    button.hidden = false;
    button.addEventListener('click', () => copyAddress(button));
  }
}

async function copyAddress(button) {
  const canonical = document.querySelector('link[rel="canonical"]')?.href;
  try {
    await navigator.clipboard.writeText(canonical ?? location.href);
    announce('De link is gekopieerd.');
    showBriefly(button, 'Gekopieerd');
  } catch {
    announce('Kopiëren lukt niet. Kopieer het adres uit de adresbalk.');
  }
}

function showBriefly(button, text) {
  if (button.dataset.label) return;
  button.dataset.label = button.textContent;
  button.textContent = text;
  setTimeout(() => {
    button.textContent = button.dataset.label;
    delete button.dataset.label;
  }, 2000);
}
