/** Birdsong's stylesheet, with a look different from the app's: pale yellow, forest green, serif titles, round shapes. */
export const STYLESHEET = /* css */ `:root {
  color-scheme: light dark;
  --body-font: ui-rounded, "SF Pro Rounded", "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  --display-font: ui-serif, "Iowan Old Style", Charter, "Palatino Linotype", "Noto Serif", "Liberation Serif", Georgia, serif;
  --code-font: ui-monospace, "SF Mono", SFMono-Regular, Menlo, "Cascadia Mono", Consolas, "Liberation Mono", monospace;
  --sky: #f6efd2;
  --card: #fffdf5;
  --ink: #16362a;
  --ink-2: #44594c;
  --leaf: #1d5c42;
  --leaf-hover: #14452f;
  --on-leaf: #fffdf5;
  --line: #dcd7bb;
  --control: #7b8670;
  --yolk: #f2b632;
  --wash: #f1efdc;
}
@media (prefers-color-scheme: dark) {
  :root {
    --sky: #10231b;
    --card: #172e24;
    --ink: #f5efd6;
    --ink-2: #bccbb9;
    --leaf: #f2c14e;
    --leaf-hover: #ffd677;
    --on-leaf: #1d1a05;
    --line: #2d4a3c;
    --control: #7f9a88;
    --wash: #1d382c;
  }
}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; background: var(--sky); color: var(--ink);
  font: .875rem/1.375rem var(--body-font); text-rendering: optimizeLegibility; -webkit-font-smoothing: antialiased;
}
h1, h2, p, ul, dl, dd, fieldset { margin: 0; padding: 0; }
h1, p, li, dd, small { overflow-wrap: anywhere; }
p, li, dd, small { text-wrap: pretty; }
fieldset { border: 0; min-inline-size: 0; }
legend { padding: 0; margin-bottom: 10px; font-weight: 700; overflow-wrap: anywhere; }
button, input { font: inherit; color: inherit; }
code { font-family: var(--code-font); font-size: .925em; font-variant-ligatures: none; overflow-wrap: anywhere; color: var(--ink); }
a { color: var(--leaf); text-underline-offset: .18em; text-decoration-thickness: 1px; }
:focus-visible { outline: 2px solid var(--leaf); outline-offset: 2px; }

.page {
  max-width: 1000px; min-height: 100vh; margin: 0 auto; padding: 40px 24px 32px;
  display: grid; grid-template: "side card" auto "note card" auto / 300px minmax(0, 1fr); gap: 32px 64px; align-content: center;
}
.side { grid-area: side; display: flex; flex-direction: column; gap: 22px; padding-top: 8px; }
.side h1 { font: 700 36px/1.08 var(--display-font); letter-spacing: -.025em; text-wrap: balance; }
.side p:not(.brand) { color: var(--ink-2); line-height: 22px; }
.brand { display: flex; align-items: center; gap: 10px; font: 700 26px/1.1 var(--display-font); letter-spacing: -.02em; }
.brand svg { width: 40px; height: 40px; }
.brand .yolk { fill: var(--yolk); }
.brand .body { fill: var(--ink); }
.brand .hole { fill: var(--sky); }
.demo {
  grid-area: note; align-self: end; display: grid; gap: 4px; padding: 14px 16px; color: var(--ink-2); line-height: 22px;
  border: 1.5px dashed var(--control); border-radius: 16px; font-size: .8125rem;
}
.demo b { color: var(--ink); }

.card { grid-area: card; align-self: center; background: var(--card); border: 1px solid var(--line); border-radius: 28px; padding: 26px 28px 24px; display: grid; gap: 20px; }
.card form { display: grid; gap: 20px; }
.card fieldset, .card section { display: grid; gap: 10px; }
.card section { justify-items: start; }
.card section + section, .card form section { padding-top: 18px; border-top: 1px solid var(--line); }
.card h2 { font-size: 1rem; font-weight: 700; }
.lead { font-size: 1rem; line-height: 1.5rem; }
.soft, .card small { color: var(--ink-2); }
.card small { font-size: .8125rem; line-height: 1.125rem; }

.people { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px; }
.person { position: relative; }
.person input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.person span {
  display: grid; justify-items: center; gap: 2px; padding: 14px 8px 12px; text-align: center;
  border: 1.5px solid var(--line); border-radius: 20px; font-size: .8125rem; line-height: 18px; color: var(--ink-2);
}
.person svg { width: 44px; height: 44px; margin-bottom: 4px; }
.person b { color: var(--ink); font-size: .875rem; }
.person input:checked + span { border-color: var(--leaf); box-shadow: inset 0 0 0 1.5px var(--leaf); background: var(--wash); }
.person input:focus-visible + span { outline: 3px solid var(--leaf); outline-offset: 2px; }

.check { display: grid; grid-template-columns: 24px 1fr; gap: 2px 12px; align-items: start; padding: 9px 0; }
.check + .check { border-top: 1px solid var(--line); }
.check input {
  appearance: none; display: grid; place-items: center; width: 22px; height: 22px; margin: 0; cursor: pointer;
  border: 1.5px solid var(--control); border-radius: 8px; background: var(--card);
}
.check input::after {
  content: ""; width: 10px; height: 6px; border: solid var(--on-leaf); border-width: 0 0 2px 2px;
  transform: translateY(-1px) rotate(-45deg) scale(0); transition: transform 120ms cubic-bezier(.2, .7, .2, 1);
}
.check input:checked { background: var(--leaf); border-color: var(--leaf); }
.check input:checked::after { transform: translateY(-1px) rotate(-45deg) scale(1); }
.check input:disabled { cursor: not-allowed; }
.check input:disabled:checked { background: var(--ink-2); border-color: var(--ink-2); }
.check__body { display: grid; gap: 1px; cursor: pointer; }
.check input:disabled + .check__body { cursor: default; }

.acts, .links { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
.links { width: 100%; margin-top: 6px; }
.buttons { display: flex; flex-wrap: wrap; gap: 10px; }
.button {
  display: grid; place-items: center; min-height: 48px; padding: 8px 20px; text-align: center; text-decoration: none; cursor: pointer;
  background: none; border: 2px solid var(--leaf); border-radius: 24px; color: var(--leaf); font-weight: 700; font-size: 1rem;
  transition: background 120ms cubic-bezier(.2, .7, .2, 1);
}
.buttons .button { min-height: 44px; font-size: .875rem; }
.button:hover { background: var(--wash); }
.button--yes { background: var(--leaf); color: var(--on-leaf); }
.button--yes:hover { background: var(--leaf-hover); }
.fine { font-size: .8125rem; line-height: 19px; color: var(--ink-2); }

.done { padding: 12px 16px; border-radius: 16px; background: var(--wash); border: 1.5px solid var(--leaf); font-weight: 700; }
.accesses { width: 100%; list-style: none; }
.accesses li { padding: 9px 0; }
.accesses li + li { border-top: 1px solid var(--line); }
.accesses small { display: block; }
.facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 4px 16px; }
.facts dt { color: var(--ink-2); }
.facts dd { grid-column: 2; }
details { width: 100%; }
summary { cursor: pointer; color: var(--leaf); text-decoration: underline; text-underline-offset: .18em; text-decoration-thickness: 1px; }
details[open] summary { margin-bottom: 10px; }

@media (max-width: 980px) {
  .page { grid-template: "side" "note" "card" / minmax(0, 1fr); max-width: 560px; padding: 28px 20px; }
  .page--card-first { grid-template-areas: "side" "card" "note"; }
}
@media (max-width: 420px) {
  .people { grid-template-columns: minmax(0, 1fr); }
  .person span { grid-template-columns: 44px 1fr; justify-items: start; text-align: left; gap: 0 12px; padding: 8px 14px; }
  .person svg { grid-row: 1 / 3; margin: 0; }
  .links { grid-template-columns: minmax(0, 1fr); }
  .facts { grid-template-columns: minmax(0, 1fr); }
  .facts dd { grid-column: 1; }
  .facts dt:not(:first-child) { margin-top: 6px; }
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { transition: none !important; }
}
@media (forced-colors: active) {
  .person input:checked + span { outline: 3px solid; }
  .check input:checked { background: Highlight; }
}
`;
