/**
 * Follows redirects as a browser window does, with cookies, up to a URL at `stopAt`, which is not fetched.
 * @returns that URL
 */
export async function visit(url: string, stopAt: string): Promise<URL> {
  const cookies = new Map<string, string>();
  let address = new URL(url);
  for (let hop = 0; hop < 12; hop += 1) {
    if (address.href.startsWith(stopAt)) return address;
    const response = await fetch(address, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      const at = pair.indexOf('=');
      cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const location = response.headers.get('location');
    if (location === null) throw new Error(`${response.status} at ${address.pathname}: ${await response.text()}`);
    address = new URL(location, address);
  }
  throw new Error('too many redirects');
}
