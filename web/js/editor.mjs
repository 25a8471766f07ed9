// SPDX-License-Identifier: EUPL-1.2
// Only on pages where somebody writes. Without it there is a plain text area and the form is sent by its button.

import { enhanceAutosave } from './autosave.mjs';
import { enhanceCounters } from './counter.mjs';
import { startAll } from './start.mjs';
import { enhanceToolbars } from './toolbar.mjs';

startAll([enhanceToolbars, enhanceCounters, enhanceAutosave]);
