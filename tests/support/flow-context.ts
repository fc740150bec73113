import type { Check, FlowContext, Fetch } from '#oauth/flow-context.ts';

/** A flow context over `fetch` that records the checks. */
export function testContext(
  fetch: Fetch = () => Promise.reject(new Error('no request was expected')),
  { allowLoopbackHttp = false }: { allowLoopbackHttp?: boolean } = {},
): FlowContext & { checks: Check[] } {
  const checks: Check[] = [];
  return { fetchFor: () => fetch, onCheck: (check) => void checks.push(check), allowLoopbackHttp, checks };
}

/** A fetch that responds by URL, with 404 for unlisted URLs. Records the requested URLs. */
export function answering(answers: Record<string, () => Response>): { fetch: Fetch; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetch: (input) => {
      const { url } = new Request(input);
      asked.push(url);
      return Promise.resolve(answers[url]?.() ?? new Response('nothing here', { status: 404 }));
    },
  };
}
