/** HAR 1.2 as a JSON schema that was written by others. */
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import schemas from 'har-schema';
import { omitUndefined } from '#lib/omit-undefined.ts';

/** Not strict, because the schema has keywords of its own. Ajv reads its dialect, draft 6, as draft 7. */
const ajv = new Ajv({
  strict: false,
  schemas: Object.values(schemas).map((schema) => omitUndefined({ ...schema, $schema: undefined })),
});
addFormats.default(ajv);

/** Returns the schema's errors for a value; empty if it is valid. */
export function harFaults(value: unknown): string[] {
  ajv.validate('har.json', value);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
