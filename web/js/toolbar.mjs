// SPDX-License-Identifier: EUPL-1.2
// <markdown-toolbar for="veld" hidden>: shows the buttons that the package made work. Tab stops once at the toolbar, the
// arrow keys go through it.

import '@github/markdown-toolbar-element';

export function enhanceToolbars(root) {
  for (const toolbar of root.querySelectorAll('markdown-toolbar')) {
    toolbar.hidden = false;
    // The package makes the bar itself the first stop, which says nothing and shows no focus.
    toolbar.removeAttribute('tabindex');
    [...toolbar.querySelectorAll('[role=button]')].forEach((button, i) => { button.tabIndex = i === 0 ? 0 : -1; });
    for (const type of ['click', 'keydown']) {
      toolbar.addEventListener(type, (event) => {
        const isPressed = type === 'click' || event.key === 'Enter' || event.key === ' ';
        if (isPressed && event.target.closest('md-header, md-quote')) selectLine(toolbar.field);
      }, { capture: true });
    }
  }
}

/** These marks belong at the start of a line; without a selection the package puts them where the cursor is. */
function selectLine(field) {
  const { value, selectionStart, selectionEnd } = field;
  if (selectionStart !== selectionEnd) return;
  const end = value.indexOf('\n', selectionEnd);
  field.setSelectionRange(value.slice(0, selectionStart).lastIndexOf('\n') + 1, end < 0 ? value.length : end);
}
