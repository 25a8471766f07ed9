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
  }
}
