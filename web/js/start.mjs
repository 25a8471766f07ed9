// SPDX-License-Identifier: EUPL-1.2
// Everything is extra: each page works without it. A part that fails must not take the others with it.

export function startAll(parts) {
  for (const enhance of parts) {
    try {
      enhance(document);
    } catch (error) {
      console.error(error);
    }
  }
}
