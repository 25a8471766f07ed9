// SPDX-License-Identifier: EUPL-1.2
// What somebody typed and the server did not confirm yet, kept in localStorage so that a reload or a crash does not
// lose it. It stays on this device, and goes away when the server has the text, at sign-out, and after two weeks.

const PREFIX = 'concept:';
const KEEP_MS = 14 * 24 * 3600 * 1000;

/** Storage may be full, or switched off: then there simply is no copy. */
function attempt(task) {
  try {
    return task();
  } catch {
    return null;
  }
}

function keys() {
  return attempt(() => Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))) ?? [];
}

/** The copy of draft ID: { at: milliseconds, fields: { name: text } }, or null. */
export function readCopy(id) {
  return attempt(() => JSON.parse(localStorage.getItem(PREFIX + id)));
}

export function writeCopy(id, fields) {
  attempt(() => localStorage.setItem(PREFIX + id, JSON.stringify({ at: Date.now(), fields })));
}

export function removeCopy(id) {
  attempt(() => localStorage.removeItem(PREFIX + id));
}

export function removeOldCopies() {
  for (const key of keys()) {
    const id = key.slice(PREFIX.length);
    if (!(Date.now() - readCopy(id)?.at < KEEP_MS)) removeCopy(id);
  }
}

/** On every page: who signs out leaves no text behind. */
export function forgetAtSignOut(root) {
  for (const form of root.querySelectorAll('form[method="post"][action="/uitloggen"]')) {
    form.addEventListener('submit', () => {
      for (const key of keys()) removeCopy(key.slice(PREFIX.length));
    });
  }
}
