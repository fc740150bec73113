/**
 * Runs first. Takes an OAuth response off the address, starts the exchange, and only then loads the screens: what this file
 * imports is all the script that stands between a returning person and the token request.
 */
import { capturedResponse } from '#app/captured-response.ts'; // first: it acts when it is evaluated (CB-1)

import { layFoundation } from '#app/foundation.ts';
import { followSignIn } from '#app/returning-sign-in.ts';

const foundation = layFoundation();
const signIn = capturedResponse && followSignIn(foundation, capturedResponse);
await signIn?.requestLeft;
const { mount } = await import('./main.tsx');
mount(foundation, signIn);
