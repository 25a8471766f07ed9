// SPDX-License-Identifier: EUPL-1.2
// One place on the page from which changes are read out to people who do not see them.

let region;

/** Must exist before its text changes, or screen readers stay silent: call this when a feature starts. */
export function prepareStatus() {
  region ??= document.querySelector('[data-announcements]'); // made by the other script of this page
  if (region) return;
  region = document.createElement('p');
  region.dataset.announcements = '';
  region.className = 'visually-hidden';
  region.setAttribute('role', 'status');
  // Inside main, because all content belongs to a landmark.
  (document.querySelector('main') ?? document.body).append(region);
}

export function announce(text) {
  prepareStatus();
  region.textContent = text;
}
