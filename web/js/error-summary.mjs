// SPDX-License-Identifier: EUPL-1.2
// After a refused form the reading point goes to the list of what is wrong.

export function focusErrorSummary(root) {
  root.querySelector('.error-summary[tabindex]')?.focus();
}
