// A value against a JSON Schema, as far as openapi.json uses it. A keyword that is not known here is a mistake, so that
// nothing is left unchecked in silence.

const explains = new Set(['description', 'examples']);

const isType = {
  object: (v) => typeof v === 'object' && v !== null && !Array.isArray(v),
  array: Array.isArray,
  string: (v) => typeof v === 'string',
  number: (v) => typeof v === 'number',
  integer: Number.isInteger,
  boolean: (v) => typeof v === 'boolean',
};

const keywords = {
  type: (v, want) => isType[want](v) || `is not of type ${want}`,
  enum: (v, want) => want.includes(v) || `is not one of ${want}`,
  const: (v, want) => v === want || `is not ${want}`,
  pattern: (v, want) => new RegExp(want).test(v) || `does not match ${want}`,
  minimum: (v, want) => v >= want || `is below ${want}`,
  maximum: (v, want) => v <= want || `is above ${want}`,
  minItems: (v, want) => v.length >= want || `has fewer than ${want} items`,
  required: (v, want) => want.every((key) => key in v) || `lacks one of ${want}`,
};

// The node that "#/a/b" names.
export function resolve(document, node) {
  if (!node.$ref) return node;
  return node.$ref.slice(2).split('/').reduce((at, part) => {
    if (!(part in at)) throw new Error(`${node.$ref} leads nowhere`);
    return at[part];
  }, document);
}

// What is wrong, one line for each mistake; empty when nothing is.
export function mistakes(document, schema, value, at = '$') {
  const found = [];
  for (const [word, want] of Object.entries(schema)) {
    if (word === '$ref') found.push(...mistakes(document, resolve(document, schema), value, at));
    else if (word === 'items') value.forEach((v, i) => found.push(...mistakes(document, want, v, `${at}[${i}]`)));
    else if (word === 'properties') {
      for (const [key, part] of Object.entries(want)) if (key in value) found.push(...mistakes(document, part, value[key], `${at}.${key}`));
    } else if (word === 'additionalProperties' && want === false) {
      for (const key of Object.keys(value)) if (!(key in schema.properties)) found.push(`${at} has ${key}`);
    } else if (word === 'oneOf') {
      const fitting = want.filter((part) => mistakes(document, part, value, at).length === 0).length;
      if (fitting !== 1) found.push(`${at} fits ${fitting} of oneOf`);
    } else if (word in keywords) {
      const verdict = keywords[word](value, want);
      if (verdict !== true) found.push(`${at} ${verdict}`);
      if (word === 'type' && verdict !== true) return found;
    } else if (!explains.has(word)) {
      throw new Error(`${at}: the keyword ${word} is not known to schema.mjs`);
    }
  }
  return found;
}
