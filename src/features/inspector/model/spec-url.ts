/** The common short names of RFCs. */
const NICKNAMES: Readonly<Partial<Record<string, string>>> = {
  '7636': 'PKCE',
  '9126': 'PAR',
  '9449': 'DPoP',
};

/** The URLs of the OpenID Connect specifications, and the anchors of their sections, which have names instead of numbers. */
const OPENID: Readonly<Partial<Record<string, { url: string; anchors: Readonly<Partial<Record<string, string>>> }>>> = {
  'OpenID Connect Core': {
    url: 'https://openid.net/specs/openid-connect-core-1_0.html',
    anchors: {
      '3.1.3.7': 'IDTokenValidation',
      '3.1.3.8': 'CodeFlowTokenValidation',
      '5.3': 'UserInfo',
      '5.3.2': 'UserInfoResponse',
      '5.7': 'ClaimStability',
      '10.1.1': 'RotateSigKeys',
    },
  },
  'OpenID Connect RP-Initiated Logout': {
    url: 'https://openid.net/specs/openid-connect-rpinitiated-1_0.html',
    anchors: { '2': 'RPLogout', '3': 'RedirectionAfterLogout' },
  },
};

/**
 * Returns the label and URL of a reference such as "RFC 6749 §4.1.3".
 * @throws when a reference has another form; the messages contain no others
 */
export function specLink(reference: string): { label: string; href: string } {
  const [, name = '', section = ''] = /^(.+) §([\d.]+)$/.exec(reference) ?? [];
  const rfc = /^RFC (\d+)$/.exec(name)?.[1];
  if (rfc !== undefined) {
    const nickname = NICKNAMES[rfc];
    return {
      label: nickname === undefined ? reference : `${nickname}, ${reference}`,
      href: `https://www.rfc-editor.org/rfc/rfc${rfc}#section-${section}`,
    };
  }
  const openid = OPENID[name];
  const anchor = openid?.anchors[section];
  if (!openid || anchor === undefined) throw new Error(`no URL for ${reference}`);
  return { label: reference, href: `${openid.url}#${anchor}` };
}
