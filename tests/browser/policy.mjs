// SPDX-License-Identifier: EUPL-1.2
// Judges a Content-Security-Policy header with a tool that others wrote.

import { createRequire } from 'node:module';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const { CspParser } = require('csp_evaluator/dist/parser.js');
const { CspEvaluator } = require('csp_evaluator/dist/evaluator.js');
const { Severity } = require('csp_evaluator/dist/finding.js');

export function policyWeaknesses(policy) {
  if (!policy) return ['no Content-Security-Policy header'];
  return new CspEvaluator(new CspParser(policy).csp).evaluate()
    .filter((finding) => finding.severity <= Severity.MEDIUM)
    .map((finding) => `${finding.directive} ${finding.value ?? ''}: ${finding.description}`);
}
