import { type Ref, useId } from 'react';

import type { DiscoveredServer, DiscoveredService } from '#connections/discovery/discovered-service.ts';
import { describeFailedRequest } from '#failures/failure-text.ts';
import { addService } from '#messages/en/add-service.ts';
import { copying } from '#messages/en/copying.ts';
import { host } from '#messages/en/host.ts';
import { Button } from '#ui/button.tsx';
import { Callout } from '#ui/callout.tsx';
import { ChoiceField } from '#ui/choice-field.tsx';
import { CopyButton } from '#ui/copy-button.tsx';
import { Disclosure } from '#ui/disclosure.tsx';
import { HostName, HostNotes } from '#ui/host-name.tsx';
import { hostOf } from '#ui/host-parts.ts';
import { TextField } from '#ui/text-field.tsx';

import styles from './add-service.module.css';
import { capped } from './capped.ts';
import { isSilentAboutPkce } from './connect-choice.ts';
import { blockedReport } from './cors-report.ts';
import { SecurityProfile } from './security-profile.tsx';
import { RequestLog } from './request-log.tsx';
import { Step } from './step.tsx';
import { readTypedUrl } from './typed-url.ts';

const text = addService.found;

interface FoundStepProps {
  found: DiscoveredService;
  chosen: DiscoveredServer | undefined;
  isOnline: boolean;
  /** The address of the API as typed, for a service found by its authorization server. */
  apiAddress: string;
  isHttpAllowed: (hostname: string) => boolean;
  acceptsSilentPkce: boolean;
  onChoose: (issuer: string) => void;
  onTypeApiAddress: (address: string) => void;
  onAcceptSilentPkce: (accepts: boolean) => void;
  onSearchAgain: () => void;
  titleRef: Ref<HTMLHeadingElement>;
}

/** Shows what was found at the address: the sign-in server, the API, and the security profile (UI-1). */
export function FoundStep(props: FoundStepProps) {
  const { found, chosen, isOnline, onChoose, titleRef, apiAddress, acceptsSilentPkce, onAcceptSilentPkce } = props;
  const { resource, servers, unreadResource } = found;
  return (
    <Step number={2} state="now" title={text.title} titleRef={titleRef}>
      {servers.length > 1 && <ServerChoice {...{ servers, chosen, isOnline, onChoose }} />}
      <div className={styles.group}>
        {servers.length === 1 && (
          <div className={styles.cell}>
            <span className={styles.key}>{text.signInAt}</span>
            <HostName url={servers[0].issuer} />
            <ServerNotes server={servers[0]} isOnline={isOnline} />
          </div>
        )}
        <div className={styles.cell}>
          {resource ? (
            <>
              <span className={styles.key}>{text.dataAt}</span>
              <HostName url={resource.identifier} />
              <bdi className={styles.wire}>{new URL(resource.identifier).href}</bdi>
              {resource.name !== undefined && (
                <span className={styles.claim}>{text.callsItself(<bdi key="claim">{capped(resource.name)}</bdi>)}</span>
              )}
            </>
          ) : (
            <TextField
              label={text.apiAddress}
              hint={text.serverOnly}
              inputMode="url"
              value={apiAddress}
              problem={apiAddressProblem(props)}
              onChange={props.onTypeApiAddress}
            />
          )}
        </div>
        {chosen?.kind === 'usable' && (
          <SecurityProfile metadata={chosen.metadata} requiresBinding={found.requiresBinding} />
        )}
        {isSilentAboutPkce(chosen) && (
          <ChoiceField
            type="checkbox"
            checked={acceptsSilentPkce}
            label={text.silentPkce.label}
            onChange={onAcceptSilentPkce}
          >
            {text.silentPkce.text}
          </ChoiceField>
        )}
      </div>
      {unreadResource && (
        <Callout
          tone="warn"
          icon="alert"
          title={text.unread.title}
          action={<Button onClick={props.onSearchAgain}>{text.unread.searchAgain}</Button>}
        >
          {describeFailedRequest(hostOf(servers[0].issuer), unreadResource, isOnline).text} {text.unread.text}
        </Callout>
      )}
      {isSilentAboutPkce(chosen) && chosen && isOnline && (
        <div className={styles.row}>
          <CopyButton
            text={blockedReport({ origin: location.origin, url: chosen.issuer, asked: [SILENT_PKCE] })}
            label={addService.nothing.copyReport}
            fullLabel={text.copyReportOn(hostOf(chosen.issuer))}
            outcomes={copying}
          />
        </div>
      )}
    </Step>
  );
}

/** What a report for the operator says of a server that does not list S256. */
const SILENT_PKCE = { kind: 'failed', code: 'pkce-unsupported', step: 'server-metadata' } as const;

function apiAddressProblem({ apiAddress, isHttpAllowed }: FoundStepProps): string | undefined {
  if (apiAddress.trim() === '') return undefined;
  const reading = readTypedUrl(apiAddress, isHttpAllowed);
  return reading.kind === 'problem' ? addService.address.problems[reading.problem] : undefined;
}

/** Lets the user choose among several servers; the order in which the service lists them selects none (DISC-6). */
function ServerChoice({
  servers,
  chosen,
  isOnline,
  onChoose,
}: Pick<FoundStepProps, 'chosen' | 'isOnline' | 'onChoose'> & { servers: readonly DiscoveredServer[] }) {
  const name = useId();
  return (
    <fieldset>
      <legend className={styles.legend}>{text.chooseServer}</legend>
      <div className={styles.group}>
        {servers.map((server) =>
          server.kind === 'usable' ? (
            <ChoiceField
              key={server.issuer}
              type="radio"
              name={name}
              checked={server.issuer === chosen?.issuer}
              label={<HostName url={server.issuer} />}
              onChange={() => {
                onChoose(server.issuer);
              }}
            >
              <ServerNotes server={server} isOnline={isOnline} />
            </ChoiceField>
          ) : (
            <div className={styles.cell} key={server.issuer}>
              <HostName url={server.issuer} />
              <ServerNotes server={server} isOnline={isOnline} />
            </div>
          ),
        )}
      </div>
    </fieldset>
  );
}

function ServerNotes({ server, isOnline }: { server: DiscoveredServer; isOnline: boolean }) {
  const fault =
    server.kind === 'unusable' ? describeFailedRequest(hostOf(server.issuer), server.failure, isOnline) : undefined;
  return (
    <>
      <HostNotes issuer={server.issuer} text={host} />
      {fault && (
        <span className={styles.claim}>
          <b className={styles.bad}>{text.unusable}</b> {fault.title}. {fault.text}
        </span>
      )}
      {server.kind === 'usable' && server.omitted && (
        <span className={styles.claim}>{text.omitted(server.omitted.join(', '))}</span>
      )}
      {server.kind === 'unusable' && <Evidence server={server} isOnline={isOnline} />}
    </>
  );
}

/** Shows why a server is unusable, URL by URL, with a report for its operator. */
function Evidence({
  server,
  isOnline,
}: {
  server: Extract<DiscoveredServer, { kind: 'unusable' }>;
  isOnline: boolean;
}) {
  const { issuer, asked } = server;
  return (
    <Disclosure label={addService.asked.title}>
      <div className={styles.stack}>
        <RequestLog asked={asked} searchedUrl={issuer} isOnline={isOnline} />
        {isOnline && (
          <div className={styles.row}>
            <CopyButton
              text={blockedReport({ origin: location.origin, url: issuer, asked })}
              label={addService.nothing.copyReport}
              fullLabel={text.copyReportOn(hostOf(issuer))}
              outcomes={copying}
            />
          </div>
        )}
      </div>
    </Disclosure>
  );
}
