/** UI-1: hosts as the user must read them. */
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { hostPartsOf } from '#ui/host-parts.ts';
import { decodeLabel } from '#ui/punycode.ts';

describe('punycode', () => {
  it.each([
    ['xn--hfen-loa', 'häfen'],
    ['xn--bcher-kva', 'bücher'],
    // RFC 3492 §7.1, A, B, C and L
    ['xn--egbpdaj6bu4bxfgehfvwxn', 'ليهمابتكلموشعربي؟'],
    ['xn--ihqwcrb4cv8a8dqg056pqjye', '他们为什么不说中文'],
    ['xn--ihqwctvzc91f659drss3x8bo0yb', '他們爲什麽不說中文'],
    ['xn--3B-ww4c5e180e575a65lsy2b', '3年B組金八先生'],
    ['hafen', 'hafen'],
  ])('decodes %s to %s', (label, read) => {
    expect(decodeLabel(label)).toBe(read);
  });

  it.each(['xn--a-é', 'xn--99999999', 'xn--b!', 'xn--hfen-lo'])('does not decode %s', (label) => {
    expect(decodeLabel(label)).toBeUndefined();
  });

  it('decodes what the platform encodes', () => {
    const letters = fc.constantFrom(...Array.from('abcxyzäöüßéñłșабвгдежאבגקひらカ漢字😀'));
    fc.assert(
      fc.property(fc.array(letters, { minLength: 1, maxLength: 12 }), (chosen) => {
        const ascii = domainToASCII(chosen.join(''));
        fc.pre(ascii.startsWith('xn--'));
        const read = decodeLabel(ascii);
        expect(read).toBeDefined();
        expect(domainToASCII(read ?? '')).toBe(ascii);
      }),
    );
  });

  it('terminates for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = decodeLabel(`xn--${text}`);
        expect(read === undefined || read.length <= text.length * 2).toBe(true);
      }),
    );
  });
});

describe('a host (UI-1)', () => {
  it.each([
    ['https://login.hafen.example/x', 'login.', 'hafen.example', ''],
    ['https://hafen.example:8443', '', 'hafen.example', ':8443'],
    ['https://a.b.hafen.co.uk', 'a.b.', 'hafen.co.uk', ''],
    ['https://paypal.com.evil.example', 'paypal.com.', 'evil.example', ''],
    ['https://192.0.2.7', '', '192.0.2.7', ''],
    ['https://[2001:db8::1]', '', '[2001:db8::1]', ''],
    ['http://birdsong.localhost:4000', '', 'birdsong.localhost', ':4000'],
  ])('%s', (address, prefix, registrable, port) => {
    expect(hostPartsOf(address)).toMatchObject({ prefix, registrable, port, reading: { kind: 'same' } });
  });

  it('is in punycode, with its Unicode form beside it', () => {
    expect(hostPartsOf('https://login.häfen.example')).toMatchObject({
      prefix: 'login.',
      registrable: 'xn--hfen-loa.example',
      reading: { kind: 'as', name: 'login.häfen.example' },
    });
  });
});
