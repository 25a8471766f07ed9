// SPDX-License-Identifier: EUPL-1.2
// On every page.

import { enhanceCharts } from './chart.mjs';
import { enhanceCopyButtons } from './copy-link.mjs';
import { forgetAtSignOut } from './draft-copy.mjs';
import { focusErrorSummary } from './error-summary.mjs';
import { enhanceLiveForms } from './live-form.mjs';
import { enhancePasskeys } from './passkey.mjs';
import { enhanceSecretFields } from './secret-field.mjs';
import { startAll } from './start.mjs';
import { enhanceSuggestions } from './suggest.mjs';
import { enhanceTables } from './table-sort.mjs';

startAll([focusErrorSummary, enhanceLiveForms, enhanceCharts, enhanceTables, enhanceCopyButtons, enhancePasskeys,
  enhanceSecretFields, enhanceSuggestions, forgetAtSignOut]);
