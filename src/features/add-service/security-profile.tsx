import type { DiscoveredServer } from '#connections/discovery/discovered-service.ts';
import { securityProfile } from '#connections/discovery/security-profile.ts';
import { addService } from '#messages/en/add-service.ts';
import { clsx } from '#ui/clsx.ts';
import { Icon } from '#ui/icon.tsx';

import styles from './add-service.module.css';

const t = addService.protection;

type Metadata = Extract<DiscoveredServer, { kind: 'usable' }>['metadata'];

/** Lists the protections of the sign-in according to the server's metadata, and those it lacks. */
export function SecurityProfile({ metadata, requiresBinding }: { metadata: Metadata; requiresBinding: boolean }) {
  return (
    <div className={styles.cell}>
      <h3 className={styles.key}>{t.title}</h3>
      <ul className={styles.facts}>
        {protectionsOf(metadata, requiresBinding).map(({ isGiven, text }) => (
          <li className={clsx(!isGiven && styles.lacking)} key={text}>
            <Icon name={isGiven ? 'check' : 'minus'} small />
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

function protectionsOf(metadata: Metadata, requiresBinding: boolean): { isGiven: boolean; text: string }[] {
  const { tokens, request, response, pkce } = securityProfile(metadata, requiresBinding);
  const hasKeys = metadata.jwks_uri !== undefined;
  const hasRevocation = metadata.revocation_endpoint !== undefined;
  return [
    { isGiven: pkce === 'announced', text: pkce === 'announced' ? t.pkce : t.silentPkce },
    { isGiven: tokens === 'bound' || tokens === 'bound-if-possible', text: t.tokens[tokens] },
    { isGiven: request !== 'query', text: t.request[request] },
    { isGiven: true, text: response === 'iss' ? t.issuerInAnswer : t.ownRedirect },
    { isGiven: hasKeys, text: hasKeys ? t.signedIdentity : t.noSignedIdentity },
    { isGiven: hasRevocation, text: hasRevocation ? t.revocation : t.noRevocation },
  ];
}
