/** HAR 1.2 as a JSON schema that is not of our own making. */
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import schemas from 'har-schema';
import { omitUndefined } from '#lib/omit-undefined.ts';

/** Not strict: it has words of its own beside JSON Schema's. Its dialect, draft 6, is one that Ajv reads as draft 7. */
const ajv = new Ajv({
  strict: false,
  schemas: Object.values(schemas).map((schema) => omitUndefined({ ...schema, $schema: undefined })),
});
addFormats.default(ajv);

/** What the schema has against a value; empty where it takes it. */
export function harFaults(value: unknown): string[] {
  ajv.validate('har.json', value);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
