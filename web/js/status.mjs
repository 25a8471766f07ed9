// SPDX-License-Identifier: EUPL-1.2
// One place on the page from which changes are read out to people who do not see them.

let region;

/** Must exist before its text changes, or screen readers stay silent: call this when a feature starts. */
export function prepareStatus() {
  if (region) return;
  region = document.createElement('p');
  region.className = 'visually-hidden';
  region.setAttribute('role', 'status');
  // Inside main, because all content belongs to a landmark.
  (document.querySelector('main') ?? document.body).append(region);
}

export function announce(text) {
  prepareStatus();
  region.textContent = text;
}
